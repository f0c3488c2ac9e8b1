import type { VariantId } from "@/lib/core/ids.ts";
import { lifetimePresets } from "@/lib/core/time.ts";
import { claimWords, endNames, roleWords } from "@/lib/lab/claim-words.ts";
import type { CopyState, LaneState, RaceState } from "./race-state.ts";

/** `14.8 s`, `0.04 s`: with the precision of the measurement. */
export function seconds(value: number): string {
  return `${value.toFixed(value < 1 ? 2 : 1)} s`;
}

/** One sentence for each lane, in the order of refusal. For a stopped race, up to the last check. */
export function sentences(
  race: RaceState,
  renewedById: readonly VariantId[],
): readonly { readonly lane: LaneState; readonly words: string }[] {
  return race.lanes
    .toSorted((a, b) => closedAfter(a) - closedAfter(b))
    .map((lane) => ({ lane, words: sentence(lane, race, renewedById.includes(lane.variant)) }));
}

/**
 * When the last copy of a lane was refused. Lanes without a refusal
 * come after the others, and lanes that did not start come last.
 */
function closedAfter({ failed, copies }: LaneState): number {
  return failed ? Number.POSITIVE_INFINITY : Math.max(...copies.map(endOf));
}

/** A negative number: before the plug. Copies that were not refused come last. */
function endOf({ verdict }: CopyState): number {
  return verdict?.code ? (verdict.refusedAfter ?? -1) : Number.MAX_VALUE;
}

function sentence(lane: LaneState, race: RaceState, isRenewedById: boolean): string {
  if (lane.failed) return `the login failed: ${lane.failed.status} ${lane.failed.code ?? ""}`.trimEnd().concat(".");
  const cannot = lane.pulled?.code
    ? `its server answered the plug with ${lane.pulled.status} ${lane.pulled.code}; `
    : "";
  const name = ({ credential }: CopyState) => {
    if (lane.thief === "active") return "a copy that is kept in use";
    // Names the access token only if there is a second credential that renews it.
    if (lane.copies.length === 1) return "the copy";
    if (credential === "access") return "the access token";
    return isRenewedById ? "the id that renews it" : "the refresh token";
  };
  const told = lane.copies.toSorted((a, b) => endOf(a) - endOf(b)).map((copy) => `${name(copy)} ${copyWords(copy)}`);
  const odd = lane.copies.filter(({ verdict }) => verdict?.holds === false);
  const differs = odd.map((copy) => ` Its manifest claims of ${name(copy)}: ${claimed(copy, race)}.`);
  return `${cannot}${told.join("; ")}.${differs.join("")}`;
}

function copyWords({ verdict, sighting }: CopyState): string {
  if (!verdict) {
    const role = roleAfter(sighting?.authority);
    const last = sighting?.seconds;
    return typeof last === "number"
      ? `still got in ${seconds(last)} after the plug${role}`
      : "was never seen after the plug";
  }
  const { outcome, code, acceptedAfter, refusedAfter, until, authority } = verdict;
  if (outcome !== "exposed") {
    return refusedAfter === null
      ? `was refused with ${outcome} before the plug`
      : `was refused at once with ${outcome}`;
  }
  const role = roleAfter(authority);
  const stillIn = `still got in for ${seconds(acceptedAfter ?? 0)}${role}`;
  if (code === null || refusedAfter === null) return `${stillIn}, and was never refused`;
  const why =
    until === null || until === "at-once" || until === "never"
      ? "while no lifetime of it ended"
      : `past ${endNames[until]}`;
  return `${stillIn}, and was refused with ${code} after ${seconds(refusedAfter)}, ${why}`;
}

function roleAfter(authority: Parameters<typeof roleWords>[0]): string {
  const words = roleWords(authority);
  return words === "" ? "" : `, ${words}`;
}

/** The claim of its manifest, in a few words. */
export function claimed(
  { expected, expectedSeconds, verdict }: CopyState,
  { lifetimes }: Pick<RaceState, "lifetimes">,
): string {
  if (!expected) return "nothing";
  const staleFor = (expectedSeconds ?? 0) * 1000;
  const words = claimWords(expected, { lifetimes: lifetimePresets[lifetimes], staleFor });
  // The claim has the same words as the observation, which came too early.
  return verdict?.code && verdict.refusedAfter === null ? `${words}, from the plug on` : words;
}
