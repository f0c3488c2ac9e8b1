/** A place in a grid that can have the focus. `column` ties it to the places above and below it. */
export type Stop = { readonly id: string; readonly column: number };

/** The keys that move within a grid (WAI-ARIA Authoring Practices, grid pattern). */
export type GridKey = { readonly key: string; readonly ctrlKey: boolean };

/**
 * The stop that this key leads to; `null`: the key does not move. At an edge the focus stays. A row may have fewer
 * stops than the others, so a vertical move takes the nearest one.
 */
export function nextStop(rows: readonly (readonly Stop[])[], at: string, { key, ctrlKey }: GridKey): Stop | null {
  const row = rows.findIndex((stops) => stops.some(({ id }) => id === at));
  const stops = rows[row] ?? [];
  const place = stops.findIndex(({ id }) => id === at);
  const current = stops[place];
  if (!current) return null;
  switch (key) {
    case "ArrowLeft":
      return stops[place - 1] ?? current;
    case "ArrowRight":
      return stops[place + 1] ?? current;
    case "ArrowUp":
      return nearest(rows[row - 1], current);
    case "ArrowDown":
      return nearest(rows[row + 1], current);
    case "Home":
      return (ctrlKey ? rows[0] : stops)?.[0] ?? current;
    case "End":
      return (ctrlKey ? rows.at(-1) : stops)?.at(-1) ?? current;
    default:
      return null;
  }
}

function nearest(row: readonly Stop[] | undefined, current: Stop): Stop {
  const away = (stop: Stop) => Math.abs(stop.column - current.column);
  return (row ?? []).reduce((best, stop) => (away(stop) < away(best) ? stop : best), row?.[0] ?? current);
}
