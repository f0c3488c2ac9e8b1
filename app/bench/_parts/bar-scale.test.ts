import { expect, test } from "vitest";
import { scaleOf } from "./bar-scale.ts";

const exact = (...values: readonly number[]) => values.map((median) => ({ median, high: median }));

test("an axis has round steps and ends beyond its largest interval", () => {
  expect(scaleOf(exact(120, 950, 1814)).ticks).toEqual([0, 500, 1000, 1500, 2000]);
  expect(scaleOf(exact(31, 47)).ticks).toEqual([0, 10, 20, 30, 40, 50]);
  expect(
    scaleOf([
      { median: 31, high: 90 },
      { median: 40, high: 41 },
    ]).end,
  ).toBe(100);
});

test("a bar more than twice as long as the next is cut, and intervals do not count", () => {
  const scale = scaleOf([...exact(500), { median: 1814, high: 1950 }, { median: 3959, high: 4400 }]);
  expect(scale.end).toBe(2000);
  expect(scale.at(3959)).toBe("100%");
  expect(scale.at(1000)).toBe("50%");
});

test("an axis of nothing has a length", () => {
  expect(scaleOf([]).end).toBeGreaterThan(0);
  expect(scaleOf(exact(0, 0)).end).toBeGreaterThan(0);
  expect(scaleOf(exact(100)).at(-20)).toBe("0%");
});
