import { z } from "zod";
import { parsedFile } from "./parsed-file.ts";
import type { Runner, RunTest, TestRun, TestRuns } from "./test-run.ts";

/**
 * Passed tests under files or groups that have the same ones: a suite runs for many variants, and its titles are kept
 * once. All lists are sorted.
 */
type Group = {
  /** The files, or the titles of the groups. */
  readonly of: readonly string[];
  readonly tests?: readonly string[] | undefined;
  readonly groups?: readonly Group[] | undefined;
};

const group: z.ZodType<Group> = z.object({
  of: z.array(z.string()),
  tests: z.array(z.string()).optional(),
  get groups() {
    return z.array(group).optional();
  },
});

/** What ran the tests of one runner, how many passed, and by file those that say something of a requirement. */
const recordedTests = z.object({
  engines: z.record(z.string(), z.string()),
  passed: z.int().min(0),
  files: z.array(group).readonly(),
});

const recordedRun = z.object({
  tree: z.string(),
  date: z.iso.datetime(),
  unit: recordedTests,
  e2e: recordedTests,
});

/**
 * A full run of all tests in which none failed, as this repository keeps it. It has no timings, and all in it is
 * sorted, so a second run of the same tests changes the date and the tree alone.
 */
export type RecordedRun = Readonly<z.infer<typeof recordedRun>>;

/** The record in this file, or `null` if nothing was recorded. The same object as long as the file is the same. */
export const readRecordedRun: (path: string) => Promise<RecordedRun | null> = parsedFile(recordedRun.parse, null);

/** What is kept of the results of both runners. None of their tests failed. */
export function recordOf(runs: Required<TestRuns>, date: string): RecordedRun {
  const { unit, e2e } = runs;
  const kept = ({ engines, passed, tests }: TestRun) => ({
    engines: Object.fromEntries(Object.entries(engines).sort()),
    passed,
    files: filesOf(tests),
  });
  return { tree: e2e.tree, date, unit: kept(unit), e2e: kept(e2e) };
}

/** A record as if its tests had been run here: what the conformance page reads. */
export function runsOfRecord(record: RecordedRun): Required<TestRuns> {
  const { tree, date } = record;
  const run = (runner: Runner) => {
    const { engines, passed, files } = record[runner];
    const tests = files.flatMap((each) => testsIn(each, []));
    return { tree, date, engines, commit: null, passed, failed: 0, tests };
  };
  return { unit: run("unit"), e2e: run("e2e") };
}

function filesOf(tests: readonly RunTest[]): readonly Group[] {
  const passed = tests.filter(({ status }) => status === "passed");
  return groupsOf(passed.map(({ file, titles }) => [file, ...titles]));
}

/** Paths of two names at least, by their first one. Those with the same paths below are one group. */
function groupsOf(paths: readonly (readonly string[])[]): readonly Group[] {
  const named = Map.groupBy(paths, ([first = ""]) => first);
  const contents = [...named].map(([name, of]) => ({ name, content: contentOf(of.map((path) => path.slice(1))) }));
  const same = Map.groupBy(contents, ({ content }) => JSON.stringify(content));
  const groups = [...same].map(([content, of]) => ({ of: of.map(({ name }) => name).sort(), ...JSON.parse(content) }));
  return groups.sort((one: Group, other: Group) => order(one.of.join(), other.of.join()));
}

function contentOf(paths: readonly (readonly string[])[]): Omit<Group, "of"> {
  const tests = [...new Set(paths.filter(({ length }) => length === 1).flat())].sort();
  const below = paths.filter(({ length }) => length > 1);
  return { ...(tests.length > 0 && { tests }), ...(below.length > 0 && { groups: groupsOf(below) }) };
}

function testsIn({ of, tests = [], groups = [] }: Group, above: readonly string[]): readonly RunTest[] {
  return of.flatMap((name) => {
    const path = [...above, name];
    const [file = "", ...titles] = path;
    return [
      ...tests.map((title): RunTest => ({ file, titles: [...titles, title], status: "passed" })),
      ...groups.flatMap((each) => testsIn(each, path)),
    ];
  });
}

function order(one: string, other: string): number {
  return one < other ? -1 : 1;
}
