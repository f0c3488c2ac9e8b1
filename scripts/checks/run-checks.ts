/**
 * Runs the checks, all of them even when one fails, and closes with `N passed, N failed`.
 * `npm test -- --only unit,e2e` runs some of them; `npm test -- --with demo` adds one that is left out otherwise.
 * `npm run test:quick [file …]` runs what takes about a minute, and says what it left out.
 */

import { mkdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { giveUp, project, readArguments } from "../processes.ts";
import { forgetFullRun, keepFullRun } from "../record/full-run.ts";
import { readTested } from "../record/record-run.ts";
import type { Count } from "./count-tests.ts";
import { quickChecks } from "./quick.ts";
import { endRunning, type Outcome, runCheck } from "./run-check.ts";
import { sideBySide } from "./side-by-side.ts";
import { type Check, checks } from "./table.ts";

process.on("SIGTERM", () => {
  endRunning();
  process.exit(1);
});

type Options = {
  readonly only?: string;
  readonly with?: string;
  readonly quick?: boolean;
};

function readOptions(): { readonly values: Options; readonly files: readonly string[] } {
  const { values, positionals } = readArguments(
    {
      options: { only: { type: "string" }, with: { type: "string" }, quick: { type: "boolean" } },
      allowPositionals: true,
    },
    "There are two options: npm test -- --only unit,e2e, npm test -- --with demo",
  );
  if (positionals.length > 0 && !values.quick) giveUp("Only a quick run takes files: npm run test:quick <file>");
  if (values.quick && (values.only ?? values.with) !== undefined) {
    giveUp("A quick run takes files, and neither --only nor --with.");
  }
  return { values, files: positionals };
}

function chosenChecks(values: Options): readonly Check[] {
  const names = (list: string | undefined) => list?.split(",").map((name) => name.trim()) ?? [];
  const unknown = [...names(values.only), ...names(values.with)].filter(
    (name) => !checks.some(({ id }) => id === name),
  );
  if (unknown.length > 0) {
    giveUp(`No such check: ${unknown.join(", ")}.`, `There are: ${checks.map(({ id }) => id).join(", ")}.`);
  }
  if (values.only !== undefined) return checks.filter(({ id }) => names(values.only).includes(id));
  return checks.filter(({ id, extra }) => !extra || names(values.with).includes(id));
}

/** A build compiles all files a second time for their types, half a minute, where the check "Types" has its own result. */
function typesOnce(chosen: readonly Check[]): readonly Check[] {
  if (!chosen.some(({ id }) => id === "types")) return chosen;
  return chosen.map((check) =>
    check.id === "build" ? { ...check, env: { ...check.env, TYPES_CHECKED_APART: "yes" } } : check,
  );
}

/** Runs the checks in their order, and those of one group at the same time, at the place of the first of them. */
async function runAll(chosen: readonly Check[]): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  async function run(check: Check, print?: (output: string) => void): Promise<void> {
    const needed = outcomes.find((outcome) => outcome.check.id === check.needs);
    outcomes.push(needed?.failed ? notRun(check, needed.check) : await runCheck(check, print));
  }
  for (const group of Map.groupBy(chosen, ({ id, beside }) => beside ?? id).values()) {
    const [alone] = group;
    if (alone && group.length === 1) {
      console.log(heading(alone));
      await run(alone);
      continue;
    }
    const tasks = group.map((check) => ({
      holds: check.writes,
      run: () => run(check, (output) => console.log(`${heading(check)}${output}`)),
    }));
    await sideBySide(tasks, availableParallelism());
  }
  return outcomes.toSorted((one, other) => chosen.indexOf(one.check) - chosen.indexOf(other.check));
}

function heading({ title }: Check): string {
  return `\n── ${title} ──\n`;
}

function notRun(check: Check, needed: Check): Outcome {
  const note = `Needs "${needed.title}", which failed.`;
  return { check, passed: 0, failed: 0, skipped: 0, note, seconds: 0, slowest: [], failures: [] };
}

function inWords({ passed, failed, skipped }: Count): string {
  const parts = [failed && `${failed} FAILED`, passed && `${passed} passed`, skipped && `${skipped} skipped`];
  return parts.filter(Boolean).join(", ");
}

function rowOf(outcome: Outcome, width: number): readonly string[] {
  const { check, passed, failed, skipped, seconds, note, failures } = outcome;
  const result = check.report ? inWords({ passed, failed, skipped }) : (failed && "FAILED") || (passed && "passed");
  return [
    `${check.title.padEnd(width)}  ${(result || "not run").padEnd(28)}${seconds.toFixed(1).padStart(7)} s`,
    ...(note ? [`  ${note}`] : []),
    ...failures,
    ...(failed > 0 ? [`  ${check.mend}`] : []),
  ];
}

function printTable(outcomes: readonly Outcome[]): void {
  const width = Math.max(...outcomes.map(({ check }) => check.title.length));
  console.log(`\n${"─".repeat(width + 40)}`);
  for (const outcome of outcomes) for (const line of rowOf(outcome, width)) console.log(line);
  for (const { check, slowest } of outcomes.filter((each) => each.slowest.length > 0)) {
    console.log(`\n${check.title}: the slowest files, and how many tests are in each`);
    for (const line of slowest) console.log(line);
  }
}

const { values, files } = readOptions();
const quick = values.quick ? quickChecks(files) : null;
mkdirSync(join(project, "test-results"), { recursive: true });
const isFull = quick === null && values.only === undefined;
const { tree } = await readTested();
if (isFull) forgetFullRun();
const outcomes = await runAll(quick?.checks ?? typesOnce(chosenChecks(values)));

printTable(outcomes);
if (isFull) {
  const failed = outcomes.filter((outcome) => outcome.failed > 0).map(({ check }) => check.title);
  keepFullRun({ date: new Date().toISOString(), tree, failed });
}
if (quick) console.log(`\nLeft out:\n${quick.leftOut.map((what) => `  ${what}`).join("\n")}`);
const total = (kind: "passed" | "failed") => outcomes.reduce((sum, outcome) => sum + outcome[kind], 0);
console.log(`\n${total("passed")} passed, ${total("failed")} failed`);
process.exitCode = total("failed") > 0 ? 1 : 0;
