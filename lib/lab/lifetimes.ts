import type { Variant } from "../core/flow.ts";
import { holdingOf } from "../core/holding.ts";
import { type Duration, type LifetimeName, second } from "../core/time.ts";

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

/** How often something is used by whoever wants to keep it, in seconds: before it ends for being left alone. */
export function paceOf({ settings }: Variant): number {
  return Math.floor((settings.lifetimes.idle * 0.9) / second);
}
