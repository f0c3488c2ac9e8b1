import type { Thief } from "../../core/claim.ts";
import type { CredentialKind } from "../../core/credential.ts";
import type { FlowId, VariantId } from "../../core/ids.ts";
import type { RefusalCode } from "../../core/refusal.ts";
import type { Safety } from "../../core/variant.ts";
import type { SourceLine, TraceStep } from "../../lab/feed/exchange.ts";

/** The requests that a measurement sends with each variant, in this order. */
export const measuredActions = ["login", "me", "cross-site", "refresh", "logout"] as const;
export type MeasuredAction = (typeof measuredActions)[number];

/** A credential of a request or an answer, and its size in bytes. */
export type SizedPart = {
  readonly in: "cookie" | "authorization" | "body" | "set-cookie";
  readonly name: string;
  readonly bytes: number;
  /** The attributes of a Set-Cookie line, without name and value. */
  readonly attributes?: string;
};

/** One request of a measurement and its answer. There is no credential in it. */
export type MeasuredCall = {
  readonly action: MeasuredAction;
  readonly request: string;
  readonly status: number;
  readonly code: RefusalCode | null;
  readonly sent: readonly SizedPart[];
  readonly received: readonly SizedPart[];
  readonly steps: readonly TraceStep[];
};

export type VariantMeasurement = {
  readonly calls: readonly MeasuredCall[];
  /** Whether a refresh gave another refresh credential than it was shown; `null`: there is none. */
  readonly rotated: boolean | null;
};

/** The measurement of one variant, or why there is none. */
export type MeasuredVariant = VariantMeasurement | { readonly missing: string };

export type Measured = {
  /** When it was done, by the system's clock, and with which version of the source. */
  readonly at: string;
  readonly version: string;
  readonly byVariant: Readonly<Record<VariantId, MeasuredVariant>>;
};

/** The source of a cell, which a reader can open. */
export type CellSource =
  | ({ readonly kind: "line" } & SourceLine)
  /** The matrix's own result for this variant; `null`: all of them, among those of its flow. */
  | { readonly kind: "experiment"; readonly variant: VariantId; readonly experiment: string | null }
  /** A count or measurement of this variant. */
  | { readonly kind: "evidence"; readonly variant: VariantId; readonly part: EvidencePart };

export type EvidencePart = MeasuredAction | "files" | "packages";

/**
 * What becomes of a copy in the hands of one thief. Of two credentials it is the one that gets in longer.
 *
 * `in`: it gets in, and should not. `out`: it is refused. `goes-on`, `ended`: the same after an event that is not meant
 * to end a login, where nobody is alarmed by a login that goes on. `count`: after how many events it gets in.
 */
export type CopyWord = {
  readonly standing: "in" | "out" | "goes-on" | "ended" | "count";
  /** `30 min`, `refused`, `stays in`. */
  readonly text: string;
  /** The role that it acts with, where it is not simply today's: `old role`, `15 min old`. */
  readonly note?: string;
  readonly code?: RefusalCode;
  readonly credential?: CredentialKind;
  readonly order: number;
  /** The depth of its colour, by how long it gets in; 0: no colour. */
  readonly depth: 0 | 1 | 2 | 3 | 4;
  /** What is claimed, where this lab saw something else. */
  readonly claimed?: string;
};

export type Cell = {
  readonly text: string;
  /** The text for a narrow column, where the whole is long. */
  readonly short?: string;
  /** Only of a column of an experiment that concerns the variant, and of their sum. */
  readonly copies?: Readonly<Record<Thief, CopyWord>>;
  /** A longer explanation of the text. */
  readonly detail?: string;
  /** The value to sort by; `null`: the row comes last. */
  readonly order: number | string | null;
  /**
   * Only for a claim of the manifest: does the text say the claim, or an observation of this lab? A sum over several
   * experiments can contain both.
   */
  readonly said?: "claimed" | "observed" | "partly observed";
  /** When it was observed. `holds`: the observation is as claimed. */
  readonly played?: { readonly at: string; readonly holds: boolean };
  /** Only for copied credentials: does the copy get in? */
  readonly tone?: "in" | "out";
  readonly sources: readonly [CellSource, ...CellSource[]];
};

/** The text, and how it is known: `REVOKED (observed, as claimed)`, `in 8 h (claimed)`. */
export function saidText(cell: Cell | undefined): string {
  if (!cell?.said) return cell?.text ?? "";
  const asClaimed = cell.played && (cell.played.holds ? ", as claimed" : ", not as claimed");
  return `${cell.text} (${cell.said}${asClaimed ?? ""})`;
}

/** The groups of columns, in the order of their tabs. */
export const columnGroups = ["logout", "size", "cost", "attacks", "faults", "abilities", "effort"] as const;
export type ColumnGroup = (typeof columnGroups)[number];

export type Column = {
  readonly id: string;
  readonly group: ColumnGroup;
  /** Columns beside each other of one group: who causes the event, or what is counted. */
  readonly band: string;
  readonly title: string;
  /** How every cell of it is made. */
  readonly how: string;
  /** Filled by really sending requests, once a process. */
  readonly measured: boolean;
  readonly experiment?: string;
};

/** The kinds of client that a variant serves, as the filter names them. */
export const clientKinds = ["browser-cookie", "browser-header", "native", "services"] as const;
export type ClientKind = (typeof clientKinds)[number];

export type Row = {
  readonly variant: VariantId;
  readonly flow: FlowId;
  readonly flowTitle: string;
  readonly title: string;
  readonly safety: Safety;
  /** A login of a new lab that names no variant of this flow gets this one. */
  readonly isDefault: boolean;
  readonly clients: readonly ClientKind[];
  /**
   * The experiments after which every copy of each of its credentials is refused: observed where the lab played them,
   * else claimed.
   */
  readonly endsAtOnce: readonly string[];
  /** A cell for each column, by its id. */
  readonly cells: Readonly<Record<string, Cell>>;
};

export type VariantTable = {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** Absent until the measurement is done. */
  readonly measured: Pick<Measured, "at" | "version"> | null;
};

/** A group of columns as a tab, with the result that it has. */
export type TabResult = { readonly group: ColumnGroup; readonly result: string };

/** What the whole table shows of a logout. */
export type LogoutResult = { readonly variants: number; readonly stillIn: number };

/** What rows can be chosen by. */
export type RowFilters = {
  readonly flows: readonly { readonly id: FlowId; readonly title: string }[];
  readonly safeties: readonly Safety[];
  readonly clients: readonly ClientKind[];
  readonly events: readonly { readonly id: string; readonly title: string }[];
};

/** A flow and its variants, for the choice of a pair. `usual`: the variant of a login in a new lab that names none. */
export type Comparable = {
  readonly id: FlowId;
  readonly title: string;
  readonly usual: VariantId;
  readonly variants: readonly { readonly id: VariantId; readonly title: string }[];
};

/** A reader's choice of rows and their order. All of it is in the page's address. */
export type RowChoice = {
  readonly flow?: string | undefined;
  readonly safety?: string | undefined;
  readonly client?: string | undefined;
  /** An experiment: only rows whose copies end at once after it. */
  readonly ends?: string | undefined;
  /** A column's id; with `-` in front of it, the greatest first. */
  readonly sort?: string | undefined;
  /** Whose copies are compared. Absent: those of a thief who waits. */
  readonly thief?: Thief | undefined;
};

export function chooseRows({ columns, rows }: VariantTable, choice: RowChoice): readonly Row[] {
  const { flow, safety, client, ends, sort, thief = "silent" } = choice;
  const chosen = rows.filter(
    (row) =>
      (!flow || row.flow === flow) &&
      (!safety || row.safety === safety) &&
      (!client || row.clients.some((each) => each === client)) &&
      (!ends || row.endsAtOnce.includes(ends)),
  );
  const by = sort?.replace(/^-/, "");
  if (!columns.some(({ id }) => id === by)) return chosen;
  const direction = sort?.startsWith("-") ? -1 : 1;
  const orderOf = (row: Row) => orderIn(row.cells[by ?? ""], thief);
  const flows = [...new Set(rows.map(({ flow }) => flow))];
  return chosen.toSorted(
    (a, b) =>
      inOrder(orderOf(a), orderOf(b), direction) || flows.indexOf(a.flow) - flows.indexOf(b.flow) || inRank(a, b),
  );
}

/** The value that a cell is sorted by, with the copies of this thief. */
export function orderIn(cell: Cell | undefined, thief: Thief): Cell["order"] {
  return cell?.copies?.[thief].order ?? cell?.order ?? null;
}

/** A cell without a sort value comes last in both directions. */
function inOrder(a: Cell["order"], b: Cell["order"], direction: 1 | -1): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (typeof a === "number" && typeof b === "number") return direction * Math.sign(a - b);
  return direction * String(a).localeCompare(String(b));
}

const safeties: readonly Safety[] = ["safe", "limited", "unsafe"];

/** Of equal rows of a flow the default comes first, then what is safer; and else they stay as the registry has them. */
function inRank(a: Row, b: Row): number {
  return Number(b.isDefault) - Number(a.isDefault) || safeties.indexOf(a.safety) - safeties.indexOf(b.safety);
}
