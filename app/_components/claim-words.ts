import type { Claim } from "@/lib/core/experiment.ts";
import type { VariantView } from "@/lib/core/lab-view.ts";
import { duration } from "./format-time.ts";

/** What happens to a copy, in a few words: `REVOKED`, `still in, to exp (15 min), with the old role`. */
export function claimWords(claim: Claim, lifetimes: VariantView["settings"]["lifetimesSeconds"]): string {
  if (claim.outcome !== "exposed") return claim.outcome;
  const role = claim.authority === undefined ? "" : roles[claim.authority];
  return `${claim.authority === "forged" ? "in" : "still in"}${ending(claim.until, lifetimes)}${role}`;
}

const roles: Readonly<Record<NonNullable<Claim["authority"]>, string>> = {
  current: ", with today’s role",
  stale: ", with the old role",
  forged: ", as whoever it says it is",
};

function ending(until: Claim["until"], lifetimes: VariantView["settings"]["lifetimesSeconds"]): string {
  if (until === "never") return ", never ends";
  if (until === "at-once") return "";
  const name = until === "access" ? "exp" : until === "idle" ? "its idle end" : "its absolute end";
  return `, to ${name} (${duration(lifetimes[until] * 1000)})`;
}

export function sameClaim(a: Claim, b: Claim): boolean {
  return a.credential === b.credential && a.outcome === b.outcome && a.until === b.until && a.authority === b.authority;
}
