import { describe, expect, it } from "vitest";
import { countPlaywright, countRun, countVitest } from "./count-tests.ts";

const vitest = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1, testResults: [] };
const stats = { expected: 5, unexpected: 0, flaky: 0, skipped: 2 };

describe("counting tests", () => {
  it("takes the numbers of a report", () => {
    expect(countVitest(vitest)).toEqual({ passed: 3, failed: 0, skipped: 2 });
    expect(countPlaywright({ stats, errors: [] })).toEqual({ passed: 5, failed: 0, skipped: 2 });
  });

  it("counts a test file that could not be loaded as failed", () => {
    const testResults = [
      { status: "failed", assertionResults: [] },
      { status: "passed", assertionResults: [{}] },
    ];
    expect(countVitest({ ...vitest, testResults }).failed).toBe(1);
  });

  it("counts flaky tests, and errors outside of tests, as failed", () => {
    expect(countPlaywright({ stats: { ...stats, unexpected: 1, flaky: 1 }, errors: [{}] }).failed).toBe(3);
  });

  it.each([
    { why: "ended without a report", exitCode: 0, reported: null },
    { why: "ran no test", exitCode: 0, reported: { passed: 0, failed: 0, skipped: 4 } },
    { why: "failed outside its tests (exit code 1)", exitCode: 1, reported: { passed: 9, failed: 0, skipped: 0 } },
  ])("counts a run that $why as failed", ({ why, exitCode, reported }) => {
    expect(countRun(exitCode, reported)).toMatchObject({ failed: 1, note: why });
  });

  it("believes a report and an exit code that agree", () => {
    const good = { passed: 9, failed: 0, skipped: 0 };
    const bad = { passed: 7, failed: 2, skipped: 0 };
    expect(countRun(0, good)).toEqual(good);
    expect(countRun(1, bad)).toEqual(bad);
  });
});
