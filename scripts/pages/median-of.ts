/** The middle one; of an even count the mean of the middle two. */
export function medianOf(measured: readonly number[]): number {
  const sorted = measured.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  const [low = 0, high = low] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return (low + high) / 2;
}
