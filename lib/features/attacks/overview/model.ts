import type { FlowId, VariantId } from "../../../core/ids.ts";
import type { FixationPlay } from "../fixation/model.ts";
import type { ForgeryPlay } from "../forgery/model.ts";
import type { GuessingPlay } from "../guessing/model.ts";
import type { LeakedKeyPlay } from "../leaked-key/model.ts";
import type { TheftPlay } from "../theft/model.ts";

/**
 * What comes of one attack on one flow. `cannot`: the flow has nothing that it could use. `untried`: it could not be tried,
 * which says nothing.
 */
export type AttackCell = {
  readonly outcome: "succeeds" | "refused" | "stopped" | "cannot" | "untried";
  /** The code of a refusal, or a few words. */
  readonly words: string;
};

export const attackGroups = ["Uses alice’s browser", "Takes or plants a credential", "Makes or guesses one"] as const;

/** An attack on one flow, without its defence and with every one. */
export type AttackCells = { readonly without: AttackCell; readonly with: AttackCell };

/** The request by which the server plays an attack on one flow, in labs of its own. */
export type PlayAsked = {
  readonly address: string;
  readonly body: Readonly<Record<string, string>>;
  /** Of which variants the answer tells the two cells, if it tells of several. */
  readonly variants?: { readonly without: VariantId; readonly with: VariantId };
};

/** One attack over all flows. */
export type AttackRow = {
  readonly id: string;
  readonly group: (typeof attackGroups)[number];
  readonly title: string;
  readonly words: string;
  /** Its page. */
  readonly href: string;
  readonly stops: string;
  /** Each flow's default variant in a lab, without its defence and with every one. A flow that is left out was not played. */
  readonly cells: Readonly<Record<FlowId, AttackCells>>;
  /** Those cells that the server plays by itself. All others need a window of the visitor's browser. */
  readonly plays?: Readonly<Record<FlowId, PlayAsked>>;
};

/** What the server answers to such a request. */
export type RowPlay = TheftPlay | FixationPlay | ForgeryPlay | LeakedKeyPlay | GuessingPlay;

/** The cells of an attack on one flow, as they were just played. `null`: its play tells nothing of this row. */
export function playedCells(row: AttackRow, flow: FlowId, play: RowPlay): AttackCells | null {
  const claimed = row.cells[flow];
  if (!claimed) return null;
  if (!play.tried) {
    const untried: AttackCell = { outcome: "untried", words: play.why };
    return { without: untried, with: untried };
  }
  // Each row's play is of the kind that its reader reads.
  const read = readers[row.id];
  return read ? read(play as never, claimed, row.plays?.[flow]) : null;
}

type Tried<Play> = Extract<Play, { readonly tried: true }>;
type Reader<Play> = (play: Tried<Play>, claimed: AttackCells, asked: PlayAsked | undefined) => AttackCells;

const readers: Readonly<Record<string, Reader<never>>> = {
  "theft-own-device": ofTheft("own-device"),
  "theft-alike": ofTheft("alike"),
  fixation: ofFixation,
  forgery: ofForgery,
  "leaked-key": ofLeakedKey,
  guessing: ofGuessing,
};

/** The cell that a code makes; `null`: the attack got in. Its words are those of the claim where that succeeds, too. */
function cellOf(code: string | null | undefined, claimed: AttackCell): AttackCell {
  if (code === undefined) return { outcome: "untried", words: "its play has no such case" };
  if (code !== null) return { outcome: "refused", words: code };
  return { outcome: "succeeds", words: claimed.outcome === "succeeds" ? claimed.words : "it got in" };
}

function ofTheft(sender: string): Reader<TheftPlay> {
  return ({ played }, claimed) => {
    const under = (binding: string, claims: AttackCell): AttackCell => {
      const all = played.filter((each) => each.sender === sender && each.binding === binding);
      const open = all.find(({ answer }) => answer.code === null);
      if (open) return { outcome: "succeeds", words: `with a copied ${open.arrived.credential}` };
      return cellOf(all[0]?.answer.code, claims);
    };
    return { without: under("off", claimed.without), with: under("enforce", claimed.with) };
  };
}

function ofFixation({ played }: Tried<FixationPlay>, claimed: AttackCells): AttackCells {
  const where = (keeps: boolean) => played.find((each) => each.plant === "own" && each.keeps === keeps)?.thief.code;
  return { without: cellOf(where(true), claimed.without), with: cellOf(where(false), claimed.with) };
}

function ofForgery({ cases }: Tried<ForgeryPlay>, claimed: AttackCells): AttackCells {
  const fooled = cases.filter(({ weakness }) => "gotIn" in weakness && weakness.gotIn).length;
  const codes = cases.flatMap(({ defence }) => (defence ? [defence.code] : []));
  const without: AttackCell =
    fooled > 0 ? { outcome: "succeeds", words: `${fooled} of its cases, by a mistake` } : claimed.without;
  return { without, with: cellOf(codes.includes(null) ? null : codes[0], claimed.with) };
}

function ofLeakedKey(
  { variants }: Tried<LeakedKeyPlay>,
  claimed: AttackCells,
  asked: PlayAsked | undefined,
): AttackCells {
  const read = (id: string | undefined) => variants.find(({ variant }) => variant === id)?.reads.code;
  return {
    without: cellOf(read(asked?.variants?.without), claimed.without),
    with: cellOf(read(asked?.variants?.with), claimed.with),
  };
}

function ofGuessing({ played: { weakness, defence } }: Tried<GuessingPlay>, claimed: AttackCells): AttackCells {
  const code = ({ succeeded, code: refused }: typeof defence) => (succeeded ? null : refused);
  return { without: cellOf(code(weakness), claimed.without), with: cellOf(code(defence), claimed.with) };
}
