import type { Claim, Thief } from "@/lib/core/claim.ts";
import type { FlowId, VariantId } from "@/lib/core/ids.ts";
import type { RefusalCode } from "@/lib/core/refusal.ts";
import { day, duration, hour, minute } from "@/lib/core/time.ts";
import type { Safety } from "@/lib/core/variant.ts";
import { isWrong, lengthWords, outcomeWords, roleWords } from "@/lib/lab/claim-words.ts";
import {
  type ClaimOrReading,
  type ClaimSheet,
  claimLines,
  type Experiment,
  type Reading,
  staysFor,
} from "@/lib/lab/experiment.ts";
import type { MatrixCell } from "@/lib/lab/played-cells.ts";
import type { CredentialWords } from "@/lib/lab/reason/credential-words.ts";
import type { JudgingSettings } from "@/lib/lab/reason/judging.ts";

/** A column of the matrix. */
export type MatrixVariant = ClaimSheet & {
  readonly flow: FlowId;
  readonly title: string;
  readonly safety: Safety;
  readonly settings: JudgingSettings & ClaimSheet["settings"];
  /** A login of a new lab that names no variant of this flow gets this one. */
  readonly isDefault: boolean;
  /** The credentials that a browser holds of this variant. */
  readonly credentials: readonly Claim["credential"][];
  /** What each of them is called, and what the server does to accept it. */
  readonly words: Readonly<Record<string, CredentialWords>>;
  /** What a refusal means with this variant, where the code's own sentence would be wrong. */
  readonly means: Partial<Readonly<Record<RefusalCode, string>>>;
};

/** A row of the matrix. */
export type MatrixExperiment = Pick<Experiment, "id" | "title" | "question" | "group" | "steps" | "replay">;

export type CellName = { readonly variant: VariantId; readonly experiment: string };

/** The words of a cell for one credential: short enough for a column, and not only a colour. */
export type CellWord = {
  readonly text: string;
  readonly getsIn: boolean;
  /** The role that the copy acts with, where the event is about roles or the role is an old one. */
  readonly role: "old role" | "new role" | null;
  readonly depth: Depth;
};

/**
 * The depth of a cell's colour. 0: as it should be. From 1 to 4: a copy gets in, the longer the deeper; an owner who is
 * refused, a false alarm, has 2.
 */
export type Depth = 0 | 1 | 2 | 3 | 4;

const short: Partial<Record<RefusalCode, string>> = {
  INVALID_CREDENTIAL: "INVALID…",
  REUSE_DETECTED: "REUSE…",
  CLIENT_CHANGED: "CLIENT…",
  NO_CREDENTIAL: "NO CRED…",
};

/** The claim or the reading of this thief with this credential. */
export function lineOf<T extends ClaimOrReading>(
  lines: readonly T[],
  credential: Claim["credential"],
  thief: Thief,
): T | undefined {
  return lines.find((line) => line.credential === credential && (line.thief ?? thief) === thief);
}

type Event = Pick<Experiment, "replay" | "steps">;

/** `30 min`, `REVOKED`: how long a copy still gets in, or the code of its refusal. */
function cellWord(line: ClaimOrReading, settings: ClaimSheet["settings"], event: Event): CellWord {
  const depth = depthOf(line, settings, event);
  if (line.outcome !== "exposed")
    return { text: short[line.outcome] ?? line.outcome, getsIn: false, role: null, depth };
  return { text: inDays(lengthWords(line, settings)), getsIn: true, role: roleOf(line, event), depth };
}

/** A cell has room for the whole word. */
function inDays(length: string): string {
  return length.replace(/^1 d$/, "1 day").replace(/ d$/, " days");
}

function roleOf({ authority }: ClaimOrReading, { steps }: Event): CellWord["role"] {
  if (authority === "stale") return "old role";
  return authority === "current" && steps.at(-1)?.does === "set-role" ? "new role" : null;
}

function depthOf(line: ClaimOrReading, settings: ClaimSheet["settings"], { replay }: Event): Depth {
  if (!isWrong(line, replay)) return 0;
  if (line.outcome !== "exposed") return 2;
  const stays = staysFor(line, settings) ?? Number.POSITIVE_INFINITY;
  if (stays <= 15 * minute) return 1;
  if (stays <= hour) return 2;
  return stays <= day ? 3 : 4;
}

/** One credential in a cell: the observation, or the claim if it was not played. */
export type CellLine = {
  readonly credential: Claim["credential"];
  readonly thief: Thief;
  /** The observation, or the claim if it was not played. */
  readonly line: ClaimOrReading;
  readonly word: CellWord;
  /** In full, for screen readers. */
  readonly said: string;
  /** The claim, if the observation differs from it. */
  readonly claimed: string | null;
};

/**
 * The standing of a cell for the shown thief. `other-differs`:
 * only the other thief's observation differs from its claim.
 */
export type CellStanding = "claimed" | "as-claimed" | "differs" | "other-differs";

export type CellReading = {
  readonly standing: CellStanding;
  /** The name of the standing, with the differences. */
  readonly words: string;
  readonly lines: readonly CellLine[];
};

export const thiefTitles: Readonly<Record<Thief, string>> = { silent: "looks once", active: "keeps using it" };

/** Who tries the credential: a thief with a copy, the owner, or a person at the owner's browser. */
export function userWords({ replay: { by } }: Pick<MatrixExperiment, "replay">, thief: Thief): string {
  if (by === "owner") return "the owner goes on";
  return by === "browser" ? `at the browser, ${thiefTitles[thief]}` : thiefTitles[thief];
}

/**
 * The words of a cell for one thief: observation and claim if it was played, else the claim. `part`: of one credential
 * alone.
 */
export function readCell(
  variant: MatrixVariant,
  experiment: MatrixExperiment,
  thief: Thief,
  played: MatrixCell | undefined,
  part?: Claim["credential"],
): CellReading {
  const { replay } = experiment;
  const shown = replay.thieves.includes(thief) ? thief : (replay.thieves[0] ?? thief);
  const linesOf = (by: Thief) =>
    variant.credentials
      .filter((credential) => replay.credentials.includes(credential))
      .flatMap((credential) => cellLine(variant, experiment, { credential, thief: by }, played));
  const ofPart = ({ credential }: CellLine) => part === undefined || credential === part;
  const lines = linesOf(shown).filter(ofPart);
  if (!played) return { standing: "claimed", words: "claimed, not played yet", lines };
  if (lines.some(isOdd)) return { standing: "differs", words: "not as claimed", lines };
  const others = replay.thieves.filter((each) => each !== shown);
  const odd = others.flatMap((each) =>
    linesOf(each)
      .filter((line) => isOdd(line) && ofPart(line))
      .map(
        ({ credential, said, claimed }) =>
          `not of the one who ${thiefTitles[each]}: ${credential} ${said}, claimed: ${claimed}`,
      ),
  );
  if (odd.length > 0) return { standing: "other-differs", words: `as claimed of this thief, ${odd.join("; ")}`, lines };
  // What differs is the other credential.
  const isElsewhere = part !== undefined && replay.thieves.some((each) => linesOf(each).some(isOdd));
  return played.holds || isElsewhere
    ? { standing: "as-claimed", words: "as claimed", lines }
    : { standing: "differs", words: "not as claimed", lines };
}

function isOdd({ claimed }: CellLine): boolean {
  return claimed !== null;
}

type ThiefCredential = { readonly credential: Claim["credential"]; readonly thief: Thief };

function cellLine(
  { settings, claims }: MatrixVariant,
  experiment: MatrixExperiment,
  { credential, thief }: ThiefCredential,
  played: MatrixCell | undefined,
): readonly CellLine[] {
  const claim = lineOf(claims[experiment.id] ?? [], credential, thief);
  const line = played ? lineOf<ClaimOrReading>(played.observed, credential, thief) : claim;
  if (!line) return [];
  const word = cellWord(line, settings, experiment);
  const isAsClaimed = !played || !differs(claim, line, thief);
  const claimed = isAsClaimed ? null : claim ? claimText(claim, word, { settings, event: experiment }) : "nothing";
  return [{ credential, thief, line, word, said: saidOf(line, word), claimed }];
}

/** Whether the observation of this thief differs from the claim. */
export function differs(claim: Claim | undefined, observed: ClaimOrReading | undefined, thief: Thief): boolean {
  const lines = (each: ClaimOrReading | undefined) => claimLines(each ? [each] : [], [thief]).join();
  return lines(claim) !== lines(observed);
}

function saidOf({ outcome }: ClaimOrReading, { text, getsIn, role }: CellWord): string {
  return getsIn ? `still in, ${text}${role === "old role" ? ` ${roleWords("stale")}` : ""}` : outcome;
}

/** The claim in the short form of the observation, or in full if both would read the same. */
function claimText(
  claim: Claim,
  observed: CellWord,
  { settings, event }: Pick<ClaimSheet, "settings"> & { readonly event: Event },
): string {
  const word = cellWord(claim, settings, event);
  if (word.text === observed.text && word.role === observed.role) return outcomeWords(claim, settings);
  return word.role === "old role" ? `${word.text}, old role` : word.text;
}

/** What the codes in these lines mean with this variant, where it has words of its own for them; each one once. */
export function meaningsOf(
  { means }: Pick<MatrixVariant, "means">,
  lines: readonly ClaimOrReading[],
): readonly { readonly code: RefusalCode; readonly meaning: string }[] {
  const codes = new Set(lines.flatMap(({ outcome }) => (outcome === "exposed" ? [] : [outcome])));
  return [...codes].flatMap((code) => {
    const meaning = means[code];
    return meaning === undefined ? [] : [{ code, meaning }];
  });
}

/** `accepted 14 min 55 s after the login, refused 15 min 2 s after it`. */
export function endWords({ outcome, ended }: Reading): string {
  if (outcome !== "exposed") return "refused at once";
  if (!ended) return "accepted until the end of the wait";
  const [accepted, refused] = [ended.acceptedAfter, ended.refusedAfter].map((seconds) => duration(seconds * 1000));
  return `accepted ${accepted} after the login, refused ${refused} after it`;
}
