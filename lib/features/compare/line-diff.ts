import { diffArrays } from "diff";

/** Lines that both have, or the ones that stand on either side in their place. Numbers count from one. */
export type DiffBlock = {
  readonly same: boolean;
  readonly left: { readonly from: number; readonly count: number };
  readonly right: { readonly from: number; readonly count: number };
};

type Side = { readonly from: number; readonly count: number };

/** The difference of two texts in blocks, in order: what both have, and what each has in place of the other's. */
export function diffLines(left: readonly string[], right: readonly string[]): readonly DiffBlock[] {
  const blocks: DiffBlock[] = [];
  for (const { added = false, removed = false, count = 0 } of diffArrays([...left], [...right])) {
    const same = !added && !removed;
    const last = blocks.at(-1);
    const goesOn = last !== undefined && !same && !last.same;
    const before = goesOn ? last : { left: after(last?.left), right: after(last?.right) };
    if (goesOn) blocks.pop();
    blocks.push({ same, left: grown(before.left, added ? 0 : count), right: grown(before.right, removed ? 0 : count) });
  }
  return blocks;
}

function after(side: Side = { from: 1, count: 0 }): Side {
  return { from: side.from + side.count, count: 0 };
}

function grown(side: Side, by: number): Side {
  return { ...side, count: side.count + by };
}
