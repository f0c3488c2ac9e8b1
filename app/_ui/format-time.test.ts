import { expect, test } from "vitest";
import { clockTime, timeLeft, timePast } from "./format-time.ts";

const minute = 60_000;

test.each([
  [30 * minute - 1, "29 min"],
  [14 * minute + 32_000, "14 min"],
  [10 * minute, "10 min"],
  [10 * minute - 1, "9 min 59 s"],
  [61_000, "1 min 1 s"],
  [7 * 24 * 60 * minute - 1, "6 d 23 h"],
])("%i ms that are left are told as %s", (left, told) => {
  expect(timeLeft(left)).toBe(told);
});

test.each([
  [999, "0 s"],
  [9_999, "9 s"],
  [59_999, "50 s"],
  [119_999, "1 min"],
  [3 * 60 * minute + minute, "3 h 1 min"],
])("%i ms that are past are told as %s", (past, told) => {
  expect(timePast(past)).toBe(told);
});

test("a time has its day in front on other days, also a minute after midnight", () => {
  const midnight = Date.UTC(2026, 10, 30);
  const before = midnight - 1000;
  expect(clockTime(before, before, "UTC")).toBe("23:59:59");
  expect(clockTime(before, midnight, "UTC")).toBe("29 Nov 23:59:59");
  expect(clockTime(midnight, midnight, "UTC")).toBe("00:00:00");
  expect(clockTime(midnight, midnight, "Europe/Berlin")).toBe("01:00:00");
});
