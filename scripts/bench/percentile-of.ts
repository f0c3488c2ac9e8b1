/** The smallest value that so many percent of all are not above: the nearest rank. */
export function percentileOf(measured: readonly number[], percent: number): number {
  const sorted = measured.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}
