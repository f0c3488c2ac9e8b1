import { relative } from "node:path";
import { project } from "../processes.ts";

/** How long the tests of one file took. */
export type FileTime = { readonly file: string; readonly seconds: number; readonly tests: number };

/** The parts of Vitest's JSON report that are read. Times are in milliseconds. */
type VitestReport = {
  readonly testResults: readonly {
    readonly name: string;
    readonly startTime: number;
    readonly endTime: number;
    readonly assertionResults: readonly unknown[];
  }[];
};

export function vitestTimes({ testResults }: VitestReport): readonly FileTime[] {
  return testResults.map(({ name, startTime, endTime, assertionResults }) => ({
    file: relative(project, name).replaceAll("\\", "/"),
    seconds: (endTime - startTime) / 1000,
    tests: assertionResults.length,
  }));
}

/** The parts of Playwright's JSON report that are read. The outermost suites are files. */
type PlaywrightSuite = {
  readonly file: string;
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs?: readonly {
    readonly tests: readonly { readonly results: readonly { readonly duration: number }[] }[];
  }[];
};

/** Tests run in parallel, so the sum over all files is more than the duration of the run. */
export function playwrightTimes({ suites }: { readonly suites: readonly PlaywrightSuite[] }): readonly FileTime[] {
  return suites.map((suite) => {
    const durations = durationsIn(suite);
    const seconds = durations.reduce((sum, duration) => sum + duration, 0) / 1000;
    return { file: `e2e/${suite.file}`, seconds, tests: durations.length };
  });
}

function durationsIn({ specs = [], suites = [] }: PlaywrightSuite): readonly number[] {
  const own = specs.flatMap(({ tests }) => tests.flatMap(({ results }) => results.map(({ duration }) => duration)));
  return [...own, ...suites.flatMap(durationsIn)];
}

/** The slowest files as lines of a table, slowest first. Files below a second are left out. */
export function slowestFiles(times: readonly FileTime[], most: number): readonly string[] {
  const slow = times.filter(({ seconds }) => seconds >= 1).toSorted((one, other) => other.seconds - one.seconds);
  return slow
    .slice(0, most)
    .map(({ file, seconds, tests }) => `${seconds.toFixed(1).padStart(7)} s  ${file} (${tests})`);
}
