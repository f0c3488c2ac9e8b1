import type { LoginTimes } from "@/lib/features/attacks/guessing/model.ts";

/** So many values, how many of them each bin has, and the value in the middle. */
export type Distribution = { readonly count: number; readonly bins: readonly number[]; readonly median: number };

/** Two distributions on one scale. Times in milliseconds. */
export type Histograms = {
  readonly from: number;
  readonly to: number;
  /** The most that one bin of either has. */
  readonly most: number;
  /** So many values lie beyond the scale. They stand in the last bin. */
  readonly beyond: number;
  readonly known: Distribution;
  readonly unknown: Distribution;
};

const binCount = 30;

/** Both on the same scale, which ends at twice the median: one login that was held up would squeeze all others together. */
export function histogramsOf({ logins }: LoginTimes): Histograms {
  const timesOf = (isKnown: boolean) =>
    logins.flatMap(({ known, milliseconds }) => (known === isKnown ? milliseconds : []));
  const [known, unknown] = [timesOf(true), timesOf(false)];
  const all = [...known, ...unknown];
  const from = Math.floor(Math.min(...all));
  const to = Math.max(from + 1, Math.ceil(Math.min(Math.max(...all), 2 * medianOf(all))));
  const distribution = (times: readonly number[]): Distribution => {
    const bins = new Array<number>(binCount).fill(0);
    for (const time of times) {
      const at = Math.min(binCount - 1, Math.floor(((time - from) / (to - from)) * binCount));
      bins[at] = (bins[at] ?? 0) + 1;
    }
    return { count: times.length, bins, median: medianOf(times) };
  };
  const [ofKnown, ofUnknown] = [distribution(known), distribution(unknown)];
  return {
    ...{ from, to, beyond: all.filter((time) => time > to).length },
    most: Math.max(...ofKnown.bins, ...ofUnknown.bins),
    known: ofKnown,
    unknown: ofUnknown,
  };
}

function medianOf(times: readonly number[]): number {
  const sorted = [...times].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
