import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { knownFlows } from "../../lib/features/conformance/conformance.ts";
import { testsWithoutSubject } from "../../lib/features/conformance/evidence.ts";
import {
  type PlaywrightReport,
  type Runner,
  type RunTest,
  saysSomething,
  type TestRun,
  testsOfPlaywright,
  testsOfVitest,
  type VitestReport,
} from "../../lib/features/conformance/test-run.ts";
import { readTestRuns } from "../../lib/features/conformance/test-runs.ts";
import { treeOf } from "../../lib/features/conformance/tree.ts";
import { repository } from "../../lib/features/source/repository.ts";
import { project } from "../processes.ts";
import { enginesOf } from "./engines.ts";

/** Where the last run leaves its results for the conformance page, below the project. */
export const results = "test-results/conformance.json";

/** What a run tests: its tree, and the commit under it. */
export type Tested = Pick<TestRun, "commit" | "tree">;

/** Read it before the run, because the run does not test later edits. */
export async function readTested(): Promise<Tested> {
  return { commit: currentCommit(), tree: treeOf(repository()) };
}

/**
 * Stores the results of a run on requirements, beside those of the other runner's last run. Answers the tests that
 * name a requirement but no flow or variant.
 */
export async function recordRun(
  runner: Runner,
  report: string,
  tested: Tested,
  path = join(project, results),
): Promise<readonly string[]> {
  const tests = testsIn(runner, JSON.parse(readFileSync(report, "utf8")));
  const run: TestRun = {
    date: new Date().toISOString(),
    ...tested,
    engines: enginesOf(runner),
    passed: tests.filter(({ status }) => status === "passed").length,
    failed: tests.filter(({ status }) => status === "failed").length,
    tests: tests.filter(saysSomething),
  };
  writeFileSync(path, JSON.stringify({ ...(await readTestRuns(path)), [runner]: run }));
  return testsWithoutSubject(run.tests, knownFlows(repository()));
}

function testsIn(runner: Runner, report: unknown): readonly RunTest[] {
  return runner === "unit"
    ? testsOfVitest(report as VitestReport, project)
    : testsOfPlaywright(report as PlaywrightReport, "e2e");
}

/** `null` outside a repository, as in a copy that was downloaded. */
function currentCommit(): string | null {
  try {
    const asked = execFileSync("git", ["rev-parse", "HEAD"], { cwd: project, stdio: ["ignore", "pipe", "ignore"] });
    return asked.toString().trim();
  } catch {
    return null;
  }
}
