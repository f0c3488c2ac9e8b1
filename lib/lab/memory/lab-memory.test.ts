import { expect, test } from "vitest";
import { createLabMemory } from "./lab-memory.ts";

test("a map by lab keeps the labs that were set last, and no more than its bound", () => {
  const map = createLabMemory().byLab<number>("numbers", 2);
  for (const [lab, value] of [
    ["a", 1],
    ["b", 2],
    ["a", 3],
    ["c", 4],
  ] as const)
    map.set(lab, value);
  expect([...map]).toEqual([
    ["a", 3],
    ["c", 4],
  ]);
});

test("labs that are gone are forgotten by every map, and by those that are bounded by their owner", () => {
  const memory = createLabMemory();
  const map = memory.byLab<number>("numbers", 9);
  const others = new Set(["a|1", "b|1"]);
  const forget = (gone: ReadonlySet<string>) => {
    for (const each of others) if (gone.has(each.split("|")[0] ?? "")) others.delete(each);
  };
  memory.keep({ name: "others", count: () => others.size, forget });
  for (const lab of ["a", "b", "c"]) map.set(lab, 1);
  expect(memory.counts()).toEqual({ numbers: 3, others: 2 });
  memory.forget(["a", "c"]);
  expect([[...map.keys()], [...others]]).toEqual([["b"], ["b|1"]]);
});

test("no two maps have one name", () => {
  const memory = createLabMemory();
  memory.byLab("numbers", 1);
  expect(() => memory.byLab("numbers", 1)).toThrow("Two maps are called numbers");
});
