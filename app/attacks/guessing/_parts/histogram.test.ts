import { expect, test } from "vitest";
import { histogramsOf } from "./histogram.ts";

const sum = (bins: readonly number[]) => bins.reduce((total, each) => total + each, 0);

test("both distributions have one scale, and every value stands in a bin", () => {
  const drawn = histogramsOf({ known: [30, 31, 32, 40], unknown: [33, 34, 34, 41] });
  expect([drawn.from, drawn.to, drawn.beyond]).toEqual([30, 41, 0]);
  expect([sum(drawn.known.bins), sum(drawn.unknown.bins)]).toEqual([4, 4]);
  expect([drawn.known.median, drawn.unknown.median, drawn.most]).toEqual([32, 34, 2]);
});

test("a value beyond twice the median does not stretch the scale, and is counted in the last bin", () => {
  const drawn = histogramsOf({ known: [30, 31, 900], unknown: [30, 31, 32] });
  expect([drawn.to, drawn.beyond, drawn.known.bins.at(-1)]).toEqual([62, 1, 1]);
});

test("equal values have a scale too", () => {
  expect(histogramsOf({ known: [30], unknown: [30] })).toMatchObject({ from: 30, to: 31, most: 1 });
});
