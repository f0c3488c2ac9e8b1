import type { AttackCells, AttackRow } from "@/lib/features/attacks/overview/model.ts";

/** What was played here, by row and flow. */
export type PlayedHere = ReadonlyMap<string, AttackCells>;

/** How far a play of all is. `total`: so many cells the server plays by itself. */
export function playingLine(rows: readonly AttackRow[], played: PlayedHere, total: number, isPlaying: boolean): string {
  if (isPlaying) return `Playing: ${played.size} of ${total}.`;
  if (played.size === 0) {
    const all = rows.reduce((sum, { cells }) => sum + Object.keys(cells).length, 0);
    return `The server can play ${total} of the ${all} cells by itself, in labs of its own. Open a row to play the others, in a window of your browser.`;
  }
  const other = rows.flatMap((row) =>
    Object.keys(row.cells).filter((flow) => isOtherwise(row.cells[flow], played.get(keyOf(row, flow)))),
  ).length;
  const so = `Played here: ${played.size} of ${total}`;
  return other === 0 ? `${so}, all of them as claimed.` : `${so}. Otherwise than claimed: ${other}.`;
}

export function keyOf({ id }: Pick<AttackRow, "id">, flow: string): string {
  return `${id} ${flow}`;
}

/** Whether one of the two came out otherwise. */
function isOtherwise(claimed: AttackCells | undefined, played: AttackCells | undefined): boolean {
  if (!claimed || !played) return false;
  return (["without", "with"] as const).some((side) => claimed[side].outcome !== played[side].outcome);
}

/** The same rows with what was played here in place of what is claimed. */
export function withPlayed(rows: readonly AttackRow[], played: PlayedHere): readonly AttackRow[] {
  return rows.map((row) => ({
    ...row,
    cells: Object.fromEntries(
      Object.entries(row.cells).map(([flow, cells]) => [flow, played.get(keyOf(row, flow)) ?? cells]),
    ),
  }));
}
