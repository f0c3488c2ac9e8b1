/** Prints rows of a table: names to the left, figures to the right. */
export function printer(widths: readonly number[]): (...cells: readonly string[]) => void {
  return (...cells) =>
    console.log(
      cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join(""),
    );
}
