import { join } from "node:path";
import { expect, test } from "vitest";
import { project } from "../processes.ts";
import { playwrightTimes, slowestFiles, vitestTimes } from "./slowest-files.ts";

test("the time of a file is the time from its start to its end", () => {
  const name = join(project, "lib/one.test.ts");
  const report = { testResults: [{ name, startTime: 1000, endTime: 3500, assertionResults: [{}, {}] }] };
  expect(vitestTimes(report)).toEqual([{ file: "lib/one.test.ts", seconds: 2.5, tests: 2 }]);
});

test("the time of a browser test file is the sum of its tests in all groups", () => {
  const spec = (duration: number) => ({ tests: [{ results: [{ duration }] }] });
  const group = { file: "race.spec.ts", specs: [spec(500)] };
  const suites = [{ file: "race.spec.ts", specs: [spec(1000)], suites: [group] }];
  expect(playwrightTimes({ suites })).toEqual([{ file: "e2e/race.spec.ts", seconds: 1.5, tests: 2 }]);
});

test("the slowest files come first, and files below a second are left out", () => {
  const times = [
    { file: "quick", seconds: 0.9, tests: 1 },
    { file: "slow", seconds: 2, tests: 3 },
    { file: "slowest", seconds: 60.25, tests: 2 },
    { file: "slower", seconds: 30, tests: 1 },
  ];
  expect(slowestFiles(times, 2)).toEqual(["   60.3 s  slowest (2)", "   30.0 s  slower (1)"]);
  expect(slowestFiles(times, 9)).toHaveLength(3);
});
