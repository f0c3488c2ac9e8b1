import { expect, test } from "vitest";
import { medianOf } from "./median-of.ts";

test("the median is the middle one of any order, and the mean of the middle two", () => {
  expect(medianOf([7])).toBe(7);
  expect(medianOf([9, 1, 5])).toBe(5);
  expect(medianOf([10, 1, 2, 4])).toBe(3);
});
