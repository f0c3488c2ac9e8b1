import fc from "fast-check";
import { expect, test } from "vitest";
import { diffLines } from "./line-diff.ts";

test("a replaced line is one block, with the line numbers of both sides", () => {
  const blocks = diffLines(["a", "b", "c"], ["a", "x", "y", "c"]);
  expect(blocks).toEqual([
    { same: true, left: { from: 1, count: 1 }, right: { from: 1, count: 1 } },
    { same: false, left: { from: 2, count: 1 }, right: { from: 2, count: 2 } },
    { same: true, left: { from: 3, count: 1 }, right: { from: 4, count: 1 } },
  ]);
});

test("the blocks contain all of both texts in order, and equal blocks are equal", () => {
  const text = fc.array(fc.constantFrom("", "a", "b", "c"), { maxLength: 20 });
  fc.assert(
    fc.property(text, text, (left, right) => {
      const blocks = diffLines(left, right);
      const cut = (lines: string[], side: "left" | "right") =>
        blocks.map((block) => lines.slice(block[side].from - 1, block[side].from - 1 + block[side].count));
      expect(cut(left, "left").flat()).toEqual(left);
      expect(cut(right, "right").flat()).toEqual(right);
      for (const [index, { same }] of blocks.entries()) {
        if (same) expect(cut(left, "left")[index]).toEqual(cut(right, "right")[index]);
      }
    }),
  );
});
