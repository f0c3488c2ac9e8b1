import { expect, test } from "vitest";
import { scaleOf } from "./bar-scale.ts";

test("an axis has round steps and ends beyond its largest bar", () => {
  expect(scaleOf([120, 900, 1814]).ticks).toEqual([0, 500, 1000, 1500, 2000]);
  expect(scaleOf([31, 47]).ticks).toEqual([0, 10, 20, 30, 40, 50]);
});

test("one bar that is more than twice the others is cut", () => {
  const scale = scaleOf([500, 1814, 3959]);
  expect(scale.end).toBe(2000);
  expect(scale.at(3959)).toBe("100%");
  expect(scale.at(1000)).toBe("50%");
});

test("an axis of nothing has a length", () => {
  expect(scaleOf([]).end).toBeGreaterThan(0);
  expect(scaleOf([0, 0]).end).toBeGreaterThan(0);
  expect(scaleOf([100]).at(-20)).toBe("0%");
});
