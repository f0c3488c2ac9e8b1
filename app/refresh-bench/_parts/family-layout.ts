import type { BenchToken, TokenName } from "@/lib/features/refresh-bench/model.ts";

export type Placed = { readonly token: BenchToken; readonly column: number; readonly row: number };
type Edge = { readonly from: Placed; readonly to: Placed };

/**
 * Puts generations below each other. The first successor stands under its parent. A further successor of the same
 * parent starts a new column.
 */
export function layOutFamily(tokens: readonly BenchToken[]): {
  readonly placed: readonly Placed[];
  readonly edges: readonly Edge[];
  readonly columns: number;
  readonly rows: number;
} {
  const byName = new Map<TokenName, Placed>();
  const edges: Edge[] = [];
  const parents = new Set<TokenName>();
  let columns = 0;
  for (const token of tokens) {
    const parent = token.parent === null ? undefined : byName.get(token.parent);
    const isFirst = parent !== undefined && !parents.has(parent.token.name);
    const placed = { token, column: isFirst ? parent.column : columns, row: token.generation - 1 };
    if (!isFirst) columns += 1;
    byName.set(token.name, placed);
    if (!parent) continue;
    parents.add(parent.token.name);
    edges.push({ from: parent, to: placed });
  }
  const placed = [...byName.values()];
  return { placed, edges, columns, rows: Math.max(0, ...placed.map(({ row }) => row + 1)) };
}
