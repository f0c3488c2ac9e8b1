/**
 * Records the results of the last full run: `npm run record`. It writes public/conformance.json, which the conformance
 * page shows where no tests were run. It runs no test. If the results are missing, partial, red or of another tree, it
 * says so and writes nothing.
 */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { recordOf } from "../../lib/features/conformance/recorded-run.ts";
import { readTestRuns } from "../../lib/features/conformance/test-runs.ts";
import { treeOf } from "../../lib/features/conformance/tree.ts";
import { repository } from "../../lib/features/source/repository.ts";
import { giveUp, project } from "../processes.ts";
import { areWhole, readFullRun, whyNot } from "./full-run.ts";
import { results } from "./record-run.ts";

const target = "public/conformance.json";
const full = readFullRun();
const runs = await readTestRuns(join(project, results));
const refused = whyNot(full, runs, treeOf(repository()));
if (refused !== null || full === null || !areWhole(runs)) giveUp(refused ?? "There is nothing to record.");

const text = `${JSON.stringify(recordOf(runs, full.date), null, 1)}\n`;
writeFileSync(join(project, target), text);
console.log(
  `${target} has the run of ${full.date} on tree ${full.tree.slice(0, 10)}: ${kilobytes(text)} kB. Commit it.`,
);

function kilobytes(written: string): number {
  return Math.ceil(Buffer.byteLength(written) / 1000);
}
