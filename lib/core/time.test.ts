import { expect, test } from "vitest";
import {
  day,
  duration,
  hour,
  instantOfNumericDate,
  isInstant,
  latestInstant,
  latestNumericDate,
  minute,
  second,
  wholeDuration,
} from "./time.ts";

test.each([
  [14 * minute + 32 * second, "14 min 32 s"],
  [hour - 1, "59 min 59 s"],
  [7 * hour + 59 * minute + 59 * second, "7 h 59 min"],
  [7 * day - 1, "6 d 23 h"],
  [30 * minute, "30 min"],
  [day + minute, "1 d"],
  [1999, "1 s"],
  [999, "0 s"],
  [-5 * second, "0 s"],
])("a duration that runs down is told in its two largest units, never rounded up: %d ms is %s", (length, words) => {
  expect(duration(length)).toBe(words);
});

test.each([
  [7 * day, "7 d"],
  [36 * hour, "36 h"],
  [30 * minute, "30 min"],
  [90 * second, "90 s"],
  [1500, "1500 ms"],
  [0, "0 ms"],
])("a duration that was chosen is told in one unit without loss: %d ms is %s", (length, words) => {
  expect(wholeDuration(length)).toBe(words);
});

test("a NumericDate has a range: from 1970 to the end of the year 9999 (RFC 7519 §2)", () => {
  for (const good of [0, 1, 1.5, latestNumericDate]) expect(instantOfNumericDate(good)).toBe(good * 1000);
  for (const none of [
    -1,
    -0.5,
    latestNumericDate + 1,
    9e12,
    1e300,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    "1",
    null,
    1n,
  ])
    expect([none, instantOfNumericDate(none)]).toEqual([none, null]);
});

test("an instant has the same range, and no fraction", () => {
  for (const good of [0, 1, latestInstant]) expect([good, isInstant(good)]).toEqual([good, true]);
  for (const none of [-1, 0.5, latestInstant + 1, 1e300, Number.NaN, "1"])
    expect([none, isInstant(none)]).toEqual([none, false]);
  expect(new Date(latestInstant).toISOString()).toBe("9999-12-31T23:59:59.999Z");
});
