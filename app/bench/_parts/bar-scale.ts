/** An axis from nought: round steps, at most so many, up to where most bars end. */
export type BarScale = { readonly end: number; readonly ticks: readonly number[]; at(value: number): string };

/**
 * Ends at the largest value, unless that is more than twice the next one: then the largest is cut, and the others can
 * be told apart.
 */
export function scaleOf(values: readonly number[], most = 5): BarScale {
  const [largest = 1, next = largest] = values.toSorted((one, other) => other - one);
  const wanted = largest > 2 * next ? next : largest;
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
