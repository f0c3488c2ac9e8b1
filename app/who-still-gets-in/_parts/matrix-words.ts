import type { Claim, Thief } from "@/lib/core/claim.ts";
import type { FlowId, VariantId } from "@/lib/core/ids.ts";
import type { RefusalCode } from "@/lib/core/refusal.ts";
import { duration } from "@/lib/core/time.ts";
import type { Safety } from "@/lib/core/variant.ts";
import { lengthWords, outcomeWords, roleWords } from "@/lib/lab/claim-words.ts";
import {
  type ClaimOrReading,
  type ClaimSheet,
  claimLines,
  type Experiment,
  type Reading,
} from "@/lib/lab/experiment.ts";
import type { MatrixCell } from "@/lib/lab/played-cells.ts";

/** A column of the matrix. */
export type MatrixVariant = ClaimSheet & {
  readonly flow: FlowId;
  readonly title: string;
  readonly safety: Safety;
  /** What a browser holds of it. */
  readonly credentials: readonly Claim["credential"][];
};

/** A row of the matrix. */
export type MatrixExperiment = Pick<Experiment, "id" | "title" | "question" | "group" | "steps" | "replay">;

export type CellName = { readonly variant: VariantId; readonly experiment: string };

/** What stands in a cell for one credential: short enough for a column, and never only a colour. */
export type CellWord = {
  readonly text: string;
  readonly getsIn: boolean;
  readonly stale: boolean;
};

const short: Partial<Record<RefusalCode, string>> = {
  INVALID_CREDENTIAL: "INVALID",
  REUSE_DETECTED: "REUSE",
  CLIENT_CHANGED: "CLIENT",
};

/** The claim, or the reading, of that thief with that credential. */
export function lineOf<T extends ClaimOrReading>(
  lines: readonly T[],
  credential: Claim["credential"],
  thief: Thief,
): T | undefined {
  return lines.find((line) => line.credential === credential && (line.thief ?? thief) === thief);
}

/** `30 min`, `REVOKED`: for how long a copy still gets in, or the reason why it does not. */
function cellWord(line: ClaimOrReading, settings: ClaimSheet["settings"]): CellWord {
  if (line.outcome !== "exposed") return { text: short[line.outcome] ?? line.outcome, getsIn: false, stale: false };
  return { text: lengthWords(line, settings), getsIn: true, stale: line.authority === "stale" };
}

/** One credential in a cell: what was observed, or what is claimed as long as nothing was. */
export type CellLine = {
  readonly credential: Claim["credential"];
  readonly word: CellWord;
  /** In full, for who listens. */
  readonly said: string;
  /** The claim, where it was played and showed something else. */
  readonly claimed: string | null;
};

/** How a cell stands, for the thief that is shown. `other-differs`: what was observed of the other one is not the claim. */
export type CellStanding = "claimed" | "as-claimed" | "differs" | "other-differs";

export type CellReading = {
  readonly standing: CellStanding;
  /** What the standing is called, with what differs. */
  readonly words: string;
  readonly lines: readonly CellLine[];
};

export const thiefTitles: Readonly<Record<Thief, string>> = { silent: "looks once", active: "keeps using it" };

/** What a cell says of one thief: observed beside claimed where it was played, else the claim alone. */
export function readCell(
  variant: MatrixVariant,
  { id, replay }: MatrixExperiment,
  thief: Thief,
  played: MatrixCell | undefined,
): CellReading {
  const shown = replay.thieves.includes(thief) ? thief : "silent";
  const linesOf = (by: Thief) =>
    variant.credentials
      .filter((credential) => replay.credentials.includes(credential))
      .flatMap((credential) => cellLine(variant, variant.claims[id] ?? [], { credential, thief: by }, played));
  const lines = linesOf(shown);
  if (!played) return { standing: "claimed", words: "claimed, not played yet", lines };
  if (lines.some(({ claimed }) => claimed !== null)) return { standing: "differs", words: "not as claimed", lines };
  const others = replay.thieves.filter((each) => each !== shown);
  const odd = others.flatMap((each) =>
    linesOf(each).flatMap(({ credential, said, claimed }) =>
      claimed === null ? [] : `not of the one who ${thiefTitles[each]}: ${credential} ${said}, claimed: ${claimed}`,
    ),
  );
  if (odd.length > 0) return { standing: "other-differs", words: `as claimed of this thief, ${odd.join("; ")}`, lines };
  return played.holds
    ? { standing: "as-claimed", words: "as claimed", lines }
    : { standing: "differs", words: "not as claimed", lines };
}

type WhoseLine = { readonly credential: Claim["credential"]; readonly thief: Thief };

function cellLine(
  { settings }: MatrixVariant,
  claims: readonly Claim[],
  { credential, thief }: WhoseLine,
  played: MatrixCell | undefined,
): readonly CellLine[] {
  const claim = lineOf(claims, credential, thief);
  const line = played ? lineOf<ClaimOrReading>(played.observed, credential, thief) : claim;
  if (!line) return [];
  const word = cellWord(line, settings);
  const isAsClaimed = !played || !differs(claim, line, thief);
  return [
    { credential, word, said: saidOf(line, word), claimed: isAsClaimed ? null : claimText(claim, word, settings) },
  ];
}

/** Is what was observed of that thief another thing than what was claimed? */
export function differs(claim: Claim | undefined, observed: ClaimOrReading | undefined, thief: Thief): boolean {
  const lines = (each: ClaimOrReading | undefined) => claimLines(each ? [each] : [], [thief]).join();
  return lines(claim) !== lines(observed);
}

function saidOf({ outcome }: ClaimOrReading, { text, getsIn, stale }: CellWord): string {
  return getsIn ? `still in, ${text}${stale ? ` ${roleWords("stale")}` : ""}` : outcome;
}

/** As short as what was observed; in full where the two would read the same. */
function claimText(claim: Claim | undefined, observed: CellWord, settings: ClaimSheet["settings"]): string {
  if (!claim) return "nothing";
  const word = cellWord(claim, settings);
  if (word.text === observed.text && word.stale === observed.stale) return outcomeWords(claim, settings);
  return word.stale ? `${word.text}, old role` : word.text;
}

/** `accepted 14 min 55 s after the login, refused 15 min 2 s after it`. */
export function endWords({ outcome, ended }: Reading): string {
  if (outcome !== "exposed") return "refused at once";
  if (!ended) return "accepted until the end of the wait";
  const [accepted, refused] = [ended.acceptedAfter, ended.refusedAfter].map((seconds) => duration(seconds * 1000));
  return `accepted ${accepted} after the login, refused ${refused} after it`;
}
