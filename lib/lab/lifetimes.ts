import { holdingOf } from "../core/credential.ts";
import { type Duration, type LifetimeName, second } from "../core/time.ts";
import type { Variant } from "../core/variant.ts";
import type { Reading } from "./experiment.ts";

/** How far from an end a copy is tried, in seconds. A login takes real time, so the near side is the wider one. */
export const justBefore = 5;
export const justAfter = 2;

/** The lifetimes that this variant's credentials have, the shortest first. */
export function lifetimesOf(variant: Variant): readonly (readonly [LifetimeName, Duration])[] {
  const { idle, absolute, access, refresh } = variant.settings.lifetimes;
  const ofTokens: readonly (readonly [LifetimeName, Duration])[] = holdingOf(variant, "refresh")
    ? [
        ["access", access],
        ["refresh", refresh],
      ]
    : [];
  const all: readonly (readonly [LifetimeName, Duration])[] = [...ofTokens, ["idle", idle], ["absolute", absolute]];
  return all.toSorted(([, a], [, b]) => a - b);
}

/** A lifetime and its end, in seconds after the login. */
export type EndAt = readonly [LifetimeName, number];

/** Those that a renewal begins anew. The others are counted from the login. */
const renewed: ReadonlySet<LifetimeName> = new Set(["idle", "access"]);

/** The ends of a login of this variant that was renewed so many seconds after it began, the nearest first. */
export function endsOf(variant: Variant, renewedAt: number): readonly EndAt[] {
  return lifetimesOf(variant)
    .map(([name, lifetime]): EndAt => [name, lifetime / second + (renewed.has(name) ? renewedAt : 0)])
    .toSorted(([, a], [, b]) => a - b);
}

/** How often a client has to use a login to keep it from its idle end, in seconds. */
export function paceOf({ settings }: Variant): number {
  return Math.floor((settings.lifetimes.idle * 0.9) / second);
}

/** The lifetime that ended a copy which had got in, and its length. */
export type End = Pick<Reading, "until" | "ended">;

/** The lifetime whose end lies between the two seconds after the login; the nearest, should there be several. */
export function endedBetween(ends: readonly EndAt[], ended: NonNullable<Reading["ended"]>): End {
  const found = ends.find(([, end]) => ended.acceptedAfter < end && end <= ended.refusedAfter);
  return { until: found?.[0] ?? null, ended };
}
