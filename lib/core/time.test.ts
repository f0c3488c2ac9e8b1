import { expect, test } from "vitest";
import { day, duration, hour, minute, second, wholeDuration } from "./time.ts";

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
