import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestRuns } from "../../lib/features/conformance/test-run.ts";
import { project } from "../processes.ts";

/** A run of `npm test` with all of its checks. */
export type FullRun = {
  /** When it ended, in ISO 8601. */
  readonly date: string;
  /** The hash of the tree before it began. */
  readonly tree: string;
  /** The titles of the checks that failed. */
  readonly failed: readonly string[];
};

const file = join(project, "test-results/full-run.json");

/** Before a full run. One that is broken off leaves nothing. */
export function forgetFullRun(path = file): void {
  rmSync(path, { force: true });
}

export function keepFullRun(run: FullRun, path = file): void {
  writeFileSync(path, JSON.stringify(run));
}

/** The last full run; `null` if there was none, or if it did not end. */
export function readFullRun(path = file): FullRun | null {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as FullRun;
  } catch {
    return null;
  }
}

/** Why these results are not to be recorded for a tree, in a sentence that says what to do; `null` if they are. */
export function whyNot(full: FullRun | null, runs: TestRuns, tree: string): string | null {
  const { unit, e2e } = runs;
  if (!full) return "There is no full run to record. Run `npm test` first, without options, to its end.";
  if (full.failed.length > 0)
    return `The last full run was red: ${full.failed.join(", ")}. Mend it, then run \`npm test\`.`;
  if (!unit || !e2e)
    return `The results are partial: the ${unit ? "browser" : "unit"} tests have none. Run \`npm test\`.`;
  if (unit.failed + e2e.failed > 0) return "A test failed in a later run. Mend it, then run `npm test`.";
  if ([full, unit, e2e].some((each) => each.tree !== tree))
    return "The results are of another tree: app, e2e, lib, prisma or the lock file have changed. Run `npm test` again.";
  return null;
}

/** Whether the results of both runners are there. `whyNot` has said so. */
export function areWhole(runs: TestRuns): runs is Required<TestRuns> {
  return runs.unit !== undefined && runs.e2e !== undefined;
}
