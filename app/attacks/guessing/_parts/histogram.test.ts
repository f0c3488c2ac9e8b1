import { expect, test } from "vitest";
import { histogramsOf } from "./histogram.ts";

const drawn = ({ known, unknown }: { known: number[]; unknown: number[] }) =>
  histogramsOf({
    logins: [
      ...known.map((milliseconds) => ({ known: true, milliseconds })),
      ...unknown.map((milliseconds) => ({ known: false, milliseconds })),
    ],
  });
const sum = (bins: readonly number[]) => bins.reduce((total, each) => total + each, 0);

test("both distributions have one scale, and every value stands in a bin", () => {
  const both = drawn({ known: [30, 31, 32, 40], unknown: [33, 34, 34, 41] });
  expect([both.from, both.to, both.beyond]).toEqual([30, 41, 0]);
  expect([sum(both.known.bins), sum(both.unknown.bins)]).toEqual([4, 4]);
  expect([both.known.median, both.unknown.median, both.most]).toEqual([32, 34, 2]);
});

test("a value beyond twice the median does not stretch the scale, and is counted in the last bin", () => {
  const both = drawn({ known: [30, 31, 900], unknown: [30, 31, 32] });
  expect([both.to, both.beyond, both.known.bins.at(-1)]).toEqual([62, 1, 1]);
});

test("equal values have a scale too", () => {
  expect(drawn({ known: [30], unknown: [30] })).toMatchObject({ from: 30, to: 31, most: 1 });
});
