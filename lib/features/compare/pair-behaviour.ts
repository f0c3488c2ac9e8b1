import type { Thief } from "../../core/claim.ts";
import type { CredentialKind } from "../../core/credential.ts";
import type { Variant } from "../../core/variant.ts";
import type { MatrixCell } from "../../lab/played-cells.ts";
import { credentialWords } from "../../lab/reason/credential-words.ts";
import { type Observed, observedIn, reasonOf } from "../../lab/reason/reason.ts";
import type { CellPair, EventPair, EventSide, Headline, HeadlinePart } from "./difference.ts";
import type { Cell, Column, ColumnGroup, CopyWord } from "./model.ts";
import { logoutColumn } from "./tab-results.ts";

type Cells = Readonly<Record<string, Cell>>;
type SideCells = { readonly variant: Variant; readonly cells: Cells };
type Known = { readonly played: readonly MatrixCell[]; readonly thief: Thief };

/** Each event on both sides: first what differs, then what is the same, then what concerns one side alone. */
export function eventPairs(
  columns: readonly Column[],
  left: SideCells,
  right: SideCells,
  known: Known,
): readonly EventPair[] {
  const pairs = columns.flatMap(({ experiment, title }): readonly EventPair[] => {
    if (experiment === undefined) return [];
    const [one, other] = [sideIn(left, experiment, known), sideIn(right, experiment, known)];
    return one || other ? [{ experiment, title, standing: standingOf(one, other), left: one, right: other }] : [];
  });
  const order = ["differs", "same", "alone"] as const;
  return order.flatMap((standing) => pairs.filter((pair) => pair.standing === standing));
}

function sideIn({ variant, cells }: SideCells, experiment: string, { played, thief }: Known): EventSide {
  const word = cells[experiment]?.copies?.[thief];
  if (!word) return null;
  const { credential = "access" } = word;
  const cell = played.find((each) => each.variant === variant.id && each.experiment === experiment);
  const observed = observedOf(cell, credential, thief);
  const { said } = cells[experiment] ?? {};
  return { word, said, why: reasonOf(variant, variant.settings, experiment, credential, observed) };
}

function observedOf(cell: MatrixCell | undefined, credential: CredentialKind, thief: Thief): Observed {
  const own = cell?.observed.filter((reading) => reading.credential === credential) ?? [];
  const reading = own.find((each) => each.thief === thief) ?? own[0];
  return reading ? observedIn(reading) : { seen: "nothing", thief };
}

/** Two refusals are the same behaviour, whatever their codes. */
function standingOf(left: EventSide, right: EventSide): EventPair["standing"] {
  if (!left || !right) return "alone";
  const [one, other] = [left.word, right.word];
  return one.standing === other.standing && one.text === other.text && one.note === other.note ? "same" : "differs";
}

/** What a setting says is shown as a setting. */
const settingColumns = new Set(["store", "stale-for", "asked", "made-with", "safety", "inside", "native"]);
const ofCopies: readonly ColumnGroup[] = ["logout"];

/** What is declared, counted and measured of both sides, apart from copies and settings. What differs comes first. */
export function cellPairs(columns: readonly Column[], left: Cells, right: Cells): readonly CellPair[] {
  const pairs = columns.flatMap(({ id, title, group, experiment }): readonly CellPair[] => {
    const [one, other] = [left[id], right[id]];
    const isShown = experiment === undefined && !ofCopies.includes(group) && !settingColumns.has(id);
    return isShown && one && other ? [{ id, title, left: one, right: other }] : [];
  });
  const differs = ({ left: one, right: other }: CellPair) => one.text !== other.text;
  return [...pairs.filter(differs), ...pairs.filter((pair) => !differs(pair))];
}

/** What becomes of a copy of either side after a logout. */
export function headlineOf(left: Variant, right: Variant, events: readonly EventPair[]): Headline {
  const logout = events.find(({ experiment }) => experiment === logoutColumn);
  return { left: partOf(left, logout?.left), right: partOf(right, logout?.right) };
}

function partOf(variant: Variant, side: EventSide | undefined): HeadlinePart {
  if (!side) return { words: "nothing is copied", getsIn: false };
  const { name } = credentialWords(variant, side.word.credential ?? "access");
  return { words: `a copied ${name} ${fate(side.word)}`, getsIn: side.word.standing === "in" };
}

function fate({ standing, text }: CopyWord): string {
  if (standing !== "in") return "is refused";
  return text === "no end" ? "gets in without end" : `gets in for ${text}`;
}
