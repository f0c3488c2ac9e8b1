/** What a step of `npm test` amounts to. */
export type Count = {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly note?: string;
};

/** The parts of Vitest's JSON report that are counted. */
type VitestReport = {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
};

/** A file that could not even be loaded has no test in the report, so it counts as one that failed. */
export function countVitest(report: VitestReport): Count {
  const unloaded = report.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** The parts of Playwright's JSON report that are counted. */
type PlaywrightReport = {
  readonly stats: {
    readonly expected: number;
    readonly unexpected: number;
    readonly flaky: number;
    readonly skipped: number;
  };
  /** What went wrong outside of the tests, such as a server that did not start. */
  readonly errors: readonly unknown[];
};

/** A test that passed only at a second attempt has failed. */
export function countPlaywright({ stats, errors }: PlaywrightReport): Count {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped };
}

/** A runner's exit code and report together: neither is believed without the other. */
export function countRun(exitCode: number, reported: Count | null): Count {
  if (!reported) return { passed: 0, failed: 1, skipped: 0, note: "ended without a report" };
  if (reported.failed > 0) return reported;
  if (reported.passed === 0) return { ...reported, failed: 1, note: "ran no test" };
  if (exitCode !== 0) return { ...reported, failed: 1, note: `failed outside its tests (exit code ${exitCode})` };
  return reported;
}
