import { expect, test } from "vitest";
import { percentileOf } from "./percentile-of.ts";

test.for([
  [99, Array.from({ length: 200 }, (_, at) => 200 - at), 198],
  [50, [3, 1, 2], 2],
  [100, [3, 1, 2], 3],
  [0, [3, 1, 2], 1],
] as const)("%s percent of the values are not above the percentile", ([percent, measured, expected]) => {
  expect(percentileOf(measured, percent)).toBe(expected);
});

test("nothing has no percentile", () => {
  expect(percentileOf([], 99)).toBeNaN();
});
