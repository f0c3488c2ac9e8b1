/** An axis from nought: round steps, at most so many, up to where most bars end. */
export type BarScale = { readonly end: number; readonly ticks: readonly number[]; at(value: number): string };

type Measured = { readonly median: number; readonly high: number };

/**
 * Ends beyond the largest interval, unless its median is more than twice the next one: then that one is cut, so that the
 * others can be told apart.
 */
export function scaleOf(values: readonly Measured[], most = 5): BarScale {
  const [largest, next] = values.toSorted((one, other) => other.median - one.median);
  const isCut = largest !== undefined && next !== undefined && largest.median > 2 * next.median;
  const wanted = Math.max(0, ...values.filter((each) => !(isCut && each === largest)).map(({ high }) => high));
  const step = roundStep(wanted / most);
  const end = Math.max(step, Math.ceil(wanted / step) * step);
  const ticks = Array.from({ length: Math.round(end / step) + 1 }, (_, at) => at * step);
  return { end, ticks, at: (value) => `${(100 * Math.min(Math.max(value, 0), end)) / end}%` };
}

/** The next of 1, 2 and 5, times a power of ten. */
function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(least, 1e-9)));
  return ([1, 2, 5, 10].find((each) => each * power >= least) ?? 10) * power;
}
