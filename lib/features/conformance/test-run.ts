import { namedIn } from "./titles.ts";

export const runners = ["unit", "e2e"] as const;

export type Runner = (typeof runners)[number];

/** One test of a run: its titles from the outermost group on. */
export type RunTest = {
  readonly file: string;
  readonly titles: readonly string[];
  readonly status: "passed" | "failed" | "skipped";
};

/** What is kept of a run of one of the runners. */
export type TestRun = {
  /** When it ended, in ISO 8601. */
  readonly date: string;
  readonly commit: string | null;
  /** What ran the tests, by name, with its version. */
  readonly engines: Readonly<Record<string, string>>;
  /** The hash of the tree that was tested. */
  readonly tree: string;
  readonly passed: number;
  readonly failed: number;
  /** Those that say something of a requirement. */
  readonly tests: readonly RunTest[];
};

/** The last run of each runner. A run of one leaves the other's result as it is. */
export type TestRuns = Readonly<Partial<Record<Runner, TestRun>>>;

/** The parts of Vitest's JSON report that are read. */
export type VitestReport = {
  readonly testResults: readonly {
    /** The file's absolute path. */
    readonly name: string;
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
    }[];
  }[];
};

export function testsOfVitest(report: VitestReport, root: string): readonly RunTest[] {
  return report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ ancestorTitles, title, status }) => ({
      file: name.slice(root.length + 1).replaceAll("\\", "/"),
      titles: [...ancestorTitles, title],
      status: status === "passed" || status === "failed" ? status : "skipped",
    })),
  );
}

type PlaywrightSuite = {
  readonly title: string;
  readonly file: string;
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs?: readonly {
    readonly title: string;
    readonly tests: readonly { readonly status: string }[];
  }[];
};

/** The parts of Playwright's JSON report that are read. */
export type PlaywrightReport = { readonly suites: readonly PlaywrightSuite[] };

/** `folder`: where the specs are. A test that passed only at a second attempt has failed. */
export function testsOfPlaywright(report: PlaywrightReport, folder: string): readonly RunTest[] {
  const below = (suite: PlaywrightSuite, titles: readonly string[]): readonly RunTest[] => [
    ...(suite.specs ?? []).map(({ title, tests }) => ({
      file: `${folder}/${suite.file}`,
      titles: [...titles, title],
      status: statusOf(tests.map(({ status }) => status)),
    })),
    ...(suite.suites ?? []).flatMap((each) => below(each, [...titles, each.title])),
  ];
  // The outermost suite is the file.
  return report.suites.flatMap((suite) => below(suite, []));
}

function statusOf(statuses: readonly string[]): RunTest["status"] {
  if (statuses.some((status) => status === "unexpected" || status === "flaky")) return "failed";
  return statuses.includes("expected") ? "passed" : "skipped";
}

/** `<variant>, in process, shows what its manifest claims` and the experiment behind it, as both runners write it. */
// Cost: its text is a title of a test of this repository.
const claims = /^(\S+\/\S+), (?:in process|over HTTP), shows what its manifest claims: (\S+)$/;

/** The claim that a test held against reality; `null`: it is about something else. */
export function claimTested({ titles }: Pick<RunTest, "titles">): { variant: string; experiment: string } | null {
  const [, variant, experiment] = claims.exec(titles.join(": ")) ?? [];
  return variant && experiment ? { variant, experiment } : null;
}

/** Whether anything can be learnt from a test: it names a requirement, or holds a claim against reality. */
export function saysSomething(test: RunTest): boolean {
  return claimTested(test) !== null || namedIn(test.titles.join(" ")).length > 0;
}
