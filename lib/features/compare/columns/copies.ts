import { type Thief, thieves } from "../../../core/claim.ts";
import { day, hour, minute, wholeDuration } from "../../../core/time.ts";
import { roleWords } from "../../../lab/claim-words.ts";
import {
  type ClaimOrReading,
  type ClaimSheet,
  claimLines,
  type Experiment,
  staysFor,
} from "../../../lab/experiment.ts";
import type { CopyWord } from "../model.ts";

type About = { readonly settings: ClaimSheet["settings"]; readonly experiment: Experiment };

type Said = About & {
  /** The observation if this lab played it, else the claim. */
  readonly said: readonly ClaimOrReading[];
  readonly claimed: readonly ClaimOrReading[];
};

/** The same for each thief. */
export function byThief<T>(of: (thief: Thief) => T): Readonly<Record<Thief, T>> {
  return { silent: of("silent"), active: of("active") };
}

/** Whether this thief gets in with any credential. */
export function getsIn(said: readonly ClaimOrReading[], thief: Thief): boolean {
  return linesOf(said, thief).some(isIn);
}

/** After how many events a copy gets in. */
export function countWord(count: number): CopyWord {
  return { standing: "count", text: String(count), order: count, depth: 0 };
}

/**
 * A restart, another node or network is not meant to end a login, so whoever gets in is no alarm there; but where its
 * owner logs out.
 */
export function isMeantToEnd({ group, requirements, steps }: Experiment): boolean {
  const isLoggedOut = steps.some(({ does }) => does === "log-out");
  return (group !== "server" && group !== "use") || requirements !== undefined || isLoggedOut;
}

/** What becomes of a copy with each thief, and what is claimed where the lab saw something else. */
export function copiesIn({ said, claimed, ...about }: Said): Readonly<Record<Thief, CopyWord>> {
  return byThief((thief) => {
    const by = playedBy(about.experiment, thief);
    const [seen, promised] = [linesOf(said, by), linesOf(claimed, by)];
    if (seen.length === 0) return wordOf(promised, about);
    const word = wordOf(seen, about);
    if (claimLines(seen, [by]).join() === claimLines(promised, [by]).join()) return word;
    return { ...word, claimed: inFull(wordOf(promised, about)) };
  });
}

/** `30 min, old role`, `refused REVOKED`. */
export function inFull({ text, note, code }: CopyWord): string {
  return [code ? `${text} ${code}` : text, note].filter(Boolean).join(", ");
}

/** Where an experiment has one thief alone, his copy is what there is to show of either. */
function playedBy({ replay }: Experiment, thief: Thief): Thief {
  const by = replay.thieves.find((each) => each === thief) ?? replay.thieves[0];
  return by ?? thieves[0];
}

function linesOf(said: readonly ClaimOrReading[], thief: Thief): readonly ClaimOrReading[] {
  return said.filter((each) => (each.thief ?? thief) === thief);
}

function isIn({ outcome }: ClaimOrReading): boolean {
  return outcome === "exposed";
}

/** Of several credentials the one that gets in longest; if none does, the first one that is refused. */
function wordOf(lines: readonly ClaimOrReading[], about: About): CopyWord {
  const { settings, experiment } = about;
  const alarms = isMeantToEnd(experiment);
  const [longest] = lines.filter(isIn).toSorted((one, other) => lengthIn(other, settings) - lengthIn(one, settings));
  if (!longest) {
    const first = lines[0];
    const code = first && first.outcome !== "exposed" ? { code: first.outcome, credential: first.credential } : {};
    return { standing: alarms ? "out" : "ended", text: "refused", ...code, order: 0, depth: 0 };
  }
  const order = Math.min(lengthIn(longest, settings), forEver);
  const { credential } = longest;
  if (!alarms) return { standing: "goes-on", text: "stays in", credential, order, depth: 0 };
  const note = roleNote(longest, lines, about);
  const text = order === forEver ? "no end" : wholeDuration(order);
  return { standing: "in", text, credential, order, depth: depthOf(order), ...(note !== null && { note }) };
}

const forEver = Number.MAX_SAFE_INTEGER;

function lengthIn(line: ClaimOrReading, settings: About["settings"]): number {
  return staysFor(line, settings) ?? Number.POSITIVE_INFINITY;
}

/** `15 min old`: the longest-lived credential has today's role, and another one has the old role for so long. */
function roleNote(longest: ClaimOrReading, lines: readonly ClaimOrReading[], about: About): string | null {
  if (longest.authority === "stale") return "old role";
  if (longest.authority === "forged") return roleWords(longest.authority);
  const stale = lines.filter((line) => isIn(line) && line.authority === "stale");
  if (stale.length > 0) {
    return `${wholeDuration(Math.max(...stale.map((line) => lengthIn(line, about.settings))))} old`;
  }
  return about.experiment.steps.at(-1)?.does === "set-role" ? "new role" : null;
}

function depthOf(length: number): CopyWord["depth"] {
  if (length <= 15 * minute) return 1;
  if (length <= hour) return 2;
  return length <= day ? 3 : 4;
}
