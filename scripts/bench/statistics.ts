import type { Figure } from "../../lib/features/bench/model.ts";
import { createSeeded } from "../../lib/features/refresh-bench/seeded.ts";
import { medianOf } from "../pages/median-of.ts";

const resamples = 2000;

/**
 * The median of rounds with its 95 % interval by bootstrap (Efron's percentile method): rounds are drawn with
 * replacement, and the middle 95 % of the medians is the interval. The same rounds always give the same interval.
 */
export function figureOf(rounds: readonly number[]): Figure {
  const below = createSeeded(rounds.length);
  const medians = Array.from({ length: resamples }, () =>
    medianOf(rounds.map(() => rounds[below(rounds.length)] ?? 0)),
  ).sort((one, other) => one - other);
  const at = (share: number) => medians[Math.round(share * (resamples - 1))] ?? 0;
  return { median: medianOf(rounds), low: at(0.025), high: at(0.975) };
}

/** The value below which this share of the sorted values lies. */
export function percentileOf(sorted: ArrayLike<number>, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
