import { join } from "node:path";
import { expect, test } from "vitest";
import { project } from "../processes.ts";
import { failureLines, playwrightFailures, vitestFailures } from "./failed-tests.ts";

test("a failed unit test is named by its file and its whole title", () => {
  const name = join(project, "lib/one.test.ts");
  const assertionResults = [
    { status: "failed", fullName: "a store ends what it was told to end" },
    { status: "passed", fullName: "a store keeps what it was given" },
  ];
  expect(vitestFailures({ testResults: [{ name, status: "failed", assertionResults }] })).toEqual([
    "lib/one.test.ts › a store ends what it was told to end",
  ]);
});

test("a test file that could not be loaded is named", () => {
  const testResults = [{ name: join(project, "lib/one.test.ts"), status: "failed", assertionResults: [] }];
  expect(vitestFailures({ testResults })).toEqual(["lib/one.test.ts could not be loaded"]);
});

test("a browser test that failed, or passed only on a retry, is named by its file and title in all groups", () => {
  const spec = (title: string, status: string) => ({ title, tests: [{ status }] });
  const group = { file: "race.spec.ts", specs: [spec("in a group", "flaky")] };
  const suites = [
    { file: "race.spec.ts", specs: [spec("failed", "unexpected"), spec("fine", "expected")], suites: [group] },
  ];
  expect(playwrightFailures({ suites })).toEqual(["e2e/race.spec.ts › failed", "e2e/race.spec.ts › in a group"]);
});

test("of many failures the first twenty are named, and the others counted", () => {
  const lines = failureLines(Array.from({ length: 23 }, (_, index) => `test ${index}`));
  expect(lines).toHaveLength(21);
  expect(lines.at(-1)).toBe("  and 3 more");
});
