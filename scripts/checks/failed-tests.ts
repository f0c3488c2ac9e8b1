import { relative } from "node:path";
import { project } from "../processes.ts";

/** The most that are named for each runner. */
const most = 20;

/** The parts of Vitest's JSON report that are read. */
type VitestReport = {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
};

/** The tests that failed, and the files that could not be loaded. */
export function vitestFailures({ testResults }: VitestReport): readonly string[] {
  return testResults.flatMap(({ name, status, assertionResults }) => {
    const file = relative(project, name).replaceAll("\\", "/");
    if (status === "failed" && assertionResults.length === 0) return [`${file} could not be loaded`];
    const failed = assertionResults.filter((each) => each.status === "failed");
    return failed.map(({ fullName }) => `${file} › ${fullName.trim()}`);
  });
}

/** The parts of Playwright's JSON report that are read. The outermost suites are files. */
type PlaywrightSuite = {
  readonly file: string;
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs?: readonly { readonly title: string; readonly tests: readonly { readonly status: string }[] }[];
};

/** The tests that failed, or that passed only on a retry. */
export function playwrightFailures({ suites }: { readonly suites: readonly PlaywrightSuite[] }): readonly string[] {
  return suites.flatMap((suite) => failuresIn(suite).map((title) => `e2e/${suite.file} › ${title}`));
}

function failuresIn({ specs = [], suites = [] }: PlaywrightSuite): readonly string[] {
  const failed = specs.filter(({ tests }) => tests.some(({ status }) => status === "unexpected" || status === "flaky"));
  return [...failed.map(({ title }) => title), ...suites.flatMap(failuresIn)];
}

/** The first few as lines, and the number of the others. */
export function failureLines(failures: readonly string[]): readonly string[] {
  const left = failures.length - most;
  return [...failures.slice(0, most).map((each) => `  ✗ ${each}`), ...(left > 0 ? [`  and ${left} more`] : [])];
}
