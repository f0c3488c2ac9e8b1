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

export type Cell = {
  readonly text: string;
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

export const columnGroups = ["clients", "distribution", "security", "logout", "effort", "size", "cost"] as const;
export type ColumnGroup = (typeof columnGroups)[number];

export type Column = {
  readonly id: string;
  readonly group: ColumnGroup;
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

/** A reader's choice of rows and their order. All of it is in the page's address. */
export type RowChoice = {
  readonly flow?: string | undefined;
  readonly safety?: string | undefined;
  readonly client?: string | undefined;
  /** An experiment: only rows whose copies end at once after it. */
  readonly ends?: string | undefined;
  /** A column's id; with `-` in front of it, the greatest first. */
  readonly sort?: string | undefined;
};

export function chooseRows({ columns, rows }: VariantTable, choice: RowChoice): readonly Row[] {
  const { flow, safety, client, ends, sort } = choice;
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
  const orderOf = (row: Row) => row.cells[by ?? ""]?.order ?? null;
  // Stable: equal rows stay in the order of the registry.
  return chosen.toSorted((a, b) => inOrder(orderOf(a), orderOf(b), direction));
}

/** A cell without a sort value comes last in both directions. */
function inOrder(a: Cell["order"], b: Cell["order"], direction: 1 | -1): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (typeof a === "number" && typeof b === "number") return direction * Math.sign(a - b);
  return direction * String(a).localeCompare(String(b));
}
