import { expect, test } from "vitest";
import { figureOf, percentileOf } from "./statistics.ts";

test("rounds that are all alike have an interval without width", () => {
  expect(figureOf([7, 7, 7, 7, 7])).toEqual({ median: 7, low: 7, high: 7 });
});

test("one disturbed round moves neither the median nor, among many, the interval", () => {
  const quiet = Array.from({ length: 14 }, (_, at) => 100 + at);
  const { median, low, high } = figureOf([...quiet, 900]);
  expect(median).toBe(107);
  expect(low).toBeGreaterThanOrEqual(101);
  expect(high).toBeLessThanOrEqual(113);
});

test("more rounds of the same spread have a narrower interval", () => {
  const rounds = (count: number) => figureOf(Array.from({ length: count }, (_, at) => 100 + ((at * 37) % 20)));
  const width = ({ low, high }: { low: number; high: number }) => high - low;
  expect(width(rounds(101))).toBeLessThan(width(rounds(7)));
});

test("the same rounds have the same interval", () => {
  expect(figureOf([3, 1, 4, 1, 5, 9, 2, 6])).toEqual(figureOf([3, 1, 4, 1, 5, 9, 2, 6]));
});

test("a percentile is a value that was measured", () => {
  expect(percentileOf([1, 2, 3, 4], 0.5)).toBe(3);
  expect(percentileOf([1, 2, 3, 4], 0.99)).toBe(4);
  expect(percentileOf([1], 0.5)).toBe(1);
});
