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
  const renewed: readonly (readonly [LifetimeName, Duration])[] = holdingOf(variant, "refresh")
    ? [
        ["access", access],
        ["refresh", refresh],
      ]
    : [];
  const all: readonly (readonly [LifetimeName, Duration])[] = [...renewed, ["idle", idle], ["absolute", absolute]];
  return all.toSorted(([, a], [, b]) => a - b);
}

/** How often a client has to use a login to keep it from its idle end, in seconds. */
export function paceOf({ settings }: Variant): number {
  return Math.floor((settings.lifetimes.idle * 0.9) / second);
}

/** The lifetime that ended a copy which had got in, and its length. */
export type End = Pick<Reading, "until" | "ended">;

/** The lifetime whose end lies between the two seconds after the login; the shortest, should there be several. */
export function endedBetween({ variant }: { readonly variant: Variant }, ended: NonNullable<Reading["ended"]>): End {
  const found = lifetimesOf(variant).find(
    ([, lifetime]) => ended.acceptedAfter < lifetime / second && lifetime / second <= ended.refusedAfter,
  );
  return { until: found?.[0] ?? null, ended };
}
