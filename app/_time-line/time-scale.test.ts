import { expect, test } from "vitest";
import { drawnAt, labelRows, rounded, spaced, timeScale } from "./time-scale.ts";

const minute = 60_000;
const day = 24 * 60 * minute;

test("now is at the start of the axis, the latest end before its far end, and all positions are on the axis", () => {
  const { at } = timeScale([15 * minute, 7 * day]);
  expect([at(-5), at(0), at(400 * day)]).toEqual([0, 0, 1]);
  expect(at(7 * day)).toBeGreaterThan(0.95);
  expect(at(7 * day)).toBeLessThan(1);
});

test("a quarter of an hour is visible beside thirty days", () => {
  expect(timeScale([15 * minute, 30 * day]).at(15 * minute)).toBeGreaterThan(0.1);
});

test("a position on the axis converts to a time and back", () => {
  const { at, from } = timeScale([8 * 60 * minute]);
  for (const part of [0, 0.1, 0.5, 0.9, 1]) expect(at(from(part))).toBeCloseTo(part, 6);
});

test("lifetimes of seconds have an axis of seconds", () => {
  expect(timeScale([15_000, 90_000]).ticks).toContain(30_000);
  expect(timeScale([15 * minute]).ticks).not.toContain(30_000);
});

test("ticks that would overlap are left out", () => {
  const scale = timeScale([7 * day]);
  const places = spaced(scale, 0.2).map(scale.at);
  expect(places.length).toBeGreaterThan(1);
  places.forEach((each, index) => {
    expect(each - (places[index - 1] ?? 0)).toBeGreaterThan(0.2);
  });
});

test("labels that would overlap stand in different rows", () => {
  expect(labelRows([0.1, 0.4, 0.45, 0.9], 0.2)).toEqual([0, 0, 1, 0]);
  expect(labelRows([0.9, 0.9, 0.9], 0.2)).toEqual([0, 1, 2]);
  // The second stands before its place, and so reaches back to the first.
  expect(labelRows([0.4, 0.97], 0.35)).toEqual([0, 1]);
  expect(labelRows([0.2, 0.97], 0.35)).toEqual([0, 0]);
  expect(labelRows([], 0.2)).toEqual([]);
});

test("there is an axis without any end", () => {
  expect(timeScale([]).ticks.length).toBeGreaterThan(1);
});

test.for([
  [31_400, 31_000],
  [31 * minute + 7000, 31 * minute],
  [8 * 60 * minute + 8 * minute, 8 * 60 * minute + 15 * minute],
  [7 * day + 20 * minute, 7 * day],
] as const)("%i ms are rounded to %i", ([dragged, meant]) => {
  expect(rounded(dragged)).toBe(meant);
});

test("the axis is drawn anew when an end moves by a thousandth of it, and when an end is reached", () => {
  const drawn = (seconds: number, ends: readonly number[]) =>
    new Set(Array.from({ length: seconds }, (_, second) => drawnAt(second * 1000, ends)));
  const month = 30 * day;
  expect(drawn(60, [30 * minute, month]).size).toBeLessThanOrEqual(6);
  expect(drawn(60, [day, month]).size).toBe(1);
  // With lifetimes of seconds each tick moves them.
  expect(drawn(20, [30_000]).size).toBe(20);
  expect(drawn(60, [31_000, month])).toContain(31_000);
});

test("where the axis is drawn late, nothing on it is off by more than two thousandths", () => {
  for (const end of [90_000, 15 * 60_000, 3_600_000, 86_400_000])
    for (let now = 0; now < end; now += Math.max(1000, Math.floor(end / 50_000) * 1000)) {
      const late = drawnAt(now, [end]);
      const { at } = timeScale([end - now]);
      const oneSecond = at(end - now + 1000) - at(end - now);
      expect(at(end - late) - at(end - now)).toBeLessThanOrEqual(Math.max(0.002, oneSecond));
    }
});
