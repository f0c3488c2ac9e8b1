const units = [
  [86_400_000, "d"],
  [3_600_000, "h"],
  [60_000, "min"],
  [1000, "s"],
] as const;

/** Every number of a setting is a duration or a count of a few. */
export function numberInWords(number: number): string {
  const unit = units.find(([size]) => number >= size && number % size === 0);
  return unit ? `${number / unit[0]} ${unit[1]}` : String(number);
}
