import type { FlowId } from "@/lib/core/ids.ts";
import type { AttackRow, PlayAsked } from "@/lib/features/attacks/overview/model.ts";

export type CellToPlay = { readonly row: AttackRow; readonly flow: FlowId };

type Asked = Pick<PlayAsked, "address" | "body"> & { readonly cells: readonly CellToPlay[] };

/** The requests that play the cells of these rows, each once, with the cells that its answer tells of. */
export function cellsToPlay(rows: readonly AttackRow[]): readonly Asked[] {
  const byRequest = new Map<string, Asked>();
  for (const row of rows) {
    for (const [flow, { address, body }] of Object.entries(row.plays ?? {})) {
      const key = JSON.stringify([address, body]);
      const cells = [...(byRequest.get(key)?.cells ?? []), { row, flow }];
      byRequest.set(key, { address, body, cells });
    }
  }
  return [...byRequest.values()];
}
