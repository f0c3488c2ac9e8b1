import { type Claim, lengthOf, type Thief, type Until } from "@/lib/core/claim.ts";
import type { ClaimOrReading, ClaimSheet, ExperimentGroup } from "@/lib/lab/experiment.ts";
import { duration } from "../_ui/format-time.ts";

/** What happens to a copy, in a few words: `REVOKED`, `still in, to exp (15 min), with the old role`. */
export function claimWords(claim: ClaimOrReading, settings: ClaimSheet["settings"]): string {
  return `${claim.thief ? thiefWords[claim.thief] : ""}${outcomeWords(claim, settings)}`;
}

/** The same, whichever thief it is. */
export function outcomeWords(
  { outcome, until, authority }: Pick<ClaimOrReading, "outcome" | "until" | "authority">,
  settings: ClaimSheet["settings"],
): string {
  if (outcome !== "exposed") return outcome;
  const role = authority === undefined ? "" : roles[authority];
  return `${authority === "forged" ? "in" : "still in"}${ending(until, settings)}${role}`;
}

/** Said only where the two differ. */
const thiefWords: Readonly<Record<Thief, string>> = { silent: "left alone: ", active: "kept in use: " };

const roles: Readonly<Record<NonNullable<Claim["authority"]>, string>> = {
  current: ", with today’s role",
  stale: ", with the old role",
  forged: ", as whoever it says it is",
};

function ending(until: Until | null, settings: ClaimSheet["settings"]): string {
  if (until === null) return ", to where no lifetime of it ends";
  if (until === "at-once") return "";
  if (until === "never") return ", never ends";
  return `, to ${ends[until]} (${duration(lengthOf(until, settings) ?? 0)})`;
}

const ends: Readonly<Record<Exclude<Until, "at-once" | "never">, string>> = {
  access: "exp",
  idle: "its idle end",
  absolute: "its absolute end",
  refresh: "the end of its family",
  staleFor: "the next look",
};

/** The sorts of events, in the order in which they are told. */
export const groupTitles: Readonly<Record<ExperimentGroup, string>> = {
  owner: "The owner ends it",
  admin: "An admin acts",
  server: "The server changes",
  time: "Time passes",
  thief: "The thief tries more",
};
