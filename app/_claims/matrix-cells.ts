import type { MatrixCell, MatrixRun } from "@/lib/lab/played-cells.ts";

export type MatrixState = {
  readonly cells: ReadonlyMap<string, MatrixCell>;
  readonly run: MatrixRun | null;
  /** Another tab of this lab is playing cells. */
  readonly elsewhere: boolean;
};

export const nothing: MatrixState = { cells: new Map(), run: null, elsewhere: false };

/** The matrix of this tab, and its lab. `null`: the matrix was not opened here yet. */
export const kept: { state: MatrixState; lab: string | null } = { state: nothing, lab: null };

const listeners = new Set<() => void>();
let soon: ReturnType<typeof setTimeout> | null = null;

export function set(next: Partial<MatrixState>): void {
  kept.state = { ...kept.state, ...next };
  tell();
}

/**
 * Notifies listeners once for all cells that arrive within a moment. Rendering several hundred cells one by one would
 * take as long as playing them.
 */
export function setSoon(next: Partial<MatrixState>): void {
  kept.state = { ...kept.state, ...next };
  soon ??= setTimeout(tell, 250);
}

function tell(): void {
  if (soon !== null) clearTimeout(soon);
  soon = null;
  for (const listener of listeners) listener();
}

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function cellKey(variant: string, experiment: string): string {
  return `${variant} ${experiment}`;
}

/** Takes a cell that was played for this lab. The newest result counts. */
export function hearCell(cell: MatrixCell): void {
  // The matrix was not opened in this tab. When it is, the server sends the cells.
  if (kept.lab !== null) set(withCell(cell, kept.state.run));
}

export function withCell(cell: MatrixCell, run: MatrixRun | null): Partial<MatrixState> {
  const key = cellKey(cell.variant, cell.experiment);
  const before = kept.state.cells.get(key);
  // Both times are in UTC and in the same format, so they can be compared as text.
  if (before && before.playedAt > cell.playedAt) return { run };
  const unjudged = run?.unjudged.filter((each) => cellKey(each.variant, each.experiment) !== key) ?? [];
  return { cells: new Map(kept.state.cells).set(key, cell), run: run && { ...run, unjudged } };
}
