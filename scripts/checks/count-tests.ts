/** The counts of one step of `npm test`. */
export type Count = {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly note?: string;
};

/** The parts of Vitest's JSON report that are used here. */
type VitestReport = {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
};

/** A file that could not be loaded has no test in the report, so it counts as one failed test. */
export function countVitest(report: VitestReport): Count {
  const unloaded = report.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** The parts of Playwright's JSON report that are used here. */
type PlaywrightReport = {
  readonly stats: {
    readonly expected: number;
    readonly unexpected: number;
    readonly flaky: number;
    readonly skipped: number;
  };
  /** Errors outside of tests, such as a server that did not start. */
  readonly errors: readonly unknown[];
};

/** A test that passed only on a retry counts as failed. */
export function countPlaywright({ stats, errors }: PlaywrightReport): Count {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped };
}

/** Checks a runner's exit code against its report. Neither is trusted alone. */
export function countRun(exitCode: number, reported: Count | null): Count {
  if (!reported) return { passed: 0, failed: 1, skipped: 0, note: "ended without a report" };
  if (reported.failed > 0) return reported;
  if (reported.passed === 0) return { ...reported, failed: 1, note: "ran no test" };
  if (exitCode !== 0) return { ...reported, failed: 1, note: `failed outside its tests (exit code ${exitCode})` };
  return reported;
}
