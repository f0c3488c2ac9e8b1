import type { Claim, Thief, Until } from "../core/claim.ts";
import { lengthOf } from "../core/claim.ts";
import { wholeDuration } from "../core/time.ts";
import { type ClaimOrReading, type ClaimSheet, type Experiment, type ExperimentGroup, staysFor } from "./experiment.ts";

type Settings = ClaimSheet["settings"];

/** The events of an experiment, in the order in which pages tell them. */
export const groupTitles: Readonly<Record<ExperimentGroup, string>> = {
  owner: "The owner ends it",
  admin: "An admin acts",
  server: "The server changes",
  time: "Time passes",
  thief: "The thief tries more",
  use: "The owner only goes on",
};

/** The event or lifetime at which a copy that got in is refused. */
export const endNames: Readonly<Record<Exclude<Until, "at-once" | "never">, string>> = {
  access: "its exp",
  idle: "its idle end",
  absolute: "its absolute end",
  refresh: "the end of its family",
  staleFor: "the next look of the process",
};

/** The role that a copy acts with. Today's role is not mentioned. */
export function roleWords(authority: Claim["authority"] | null): string {
  if (authority === "stale") return "with the old role";
  return authority === "forged" ? "as anybody" : "";
}

/** A copy, or a browser after its owner left, that gets in; or an owner who is refused. */
export function isWrong({ outcome }: Pick<ClaimOrReading, "outcome">, { by }: Experiment["replay"]): boolean {
  return (outcome === "exposed") === (by !== "owner");
}

const thiefWords: Readonly<Record<Thief, string>> = { silent: "left alone", active: "kept in use" };

/** The outcome for a copy in full: `REVOKED`, `left alone: still in, to its idle end (30 min), with the old role`. */
export function claimWords(claim: ClaimOrReading, settings: Settings): string {
  return `${claim.thief ? `${thiefWords[claim.thief]}: ` : ""}${outcomeWords(claim, settings)}`;
}

/** The same, for both thieves. */
export function outcomeWords(
  { outcome, until, authority }: Pick<ClaimOrReading, "outcome" | "until" | "authority">,
  settings: Settings,
): string {
  if (outcome !== "exposed") return outcome;
  const gets = authority === "forged" ? "in" : "still in";
  return [`${gets}${endWords(until, settings)}`, roleWords(authority)].filter(Boolean).join(", ");
}

function endWords(until: Until | null, settings: Settings): string {
  if (until === null) return ", to where no lifetime of it ends";
  if (until === "at-once") return "";
  if (until === "never") return ", without end";
  return `, to ${endNames[until]} (${wholeDuration(lengthOf(until, settings) ?? 0)})`;
}

/** How long a copy gets in: `30 min`, `without end`. */
export function lengthWords(claim: ClaimOrReading, settings: Settings): string {
  const length = staysFor(claim, settings);
  return length === null ? "without end" : wholeDuration(length);
}

/**
 * One credential in a column: `in 30 min, in use 8 h with the old role`, `REVOKED`. One text if both thieves have the
 * same outcome.
 */
export function shortWords(claims: readonly ClaimOrReading[], settings: Settings): string {
  const said = (thief: Thief) => {
    const claim = claims.find((each) => each.thief === undefined || each.thief === thief);
    if (!claim) return "";
    return claim.outcome === "exposed" ? `in ${lengthWords(claim, settings)}` : claim.outcome;
  };
  const [silent, active] = [said("silent"), said("active")];
  const role = roleWords(claims.find(({ outcome }) => outcome === "exposed")?.authority);
  const isOne = silent === active || silent === "" || active === "";
  const words = isOne ? silent || active : `${silent}, in use ${active.replace(/^in /, "")}`;
  return role === "" ? words : `${words} ${role}`;
}
