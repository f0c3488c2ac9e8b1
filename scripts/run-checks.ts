/**
 * Runs the checks below, all of them even when one fails, and closes with `N passed, N failed`.
 * `npm test -- --only unit,e2e` runs some of them; `npm test -- --with demo` adds one that is left out otherwise.
 */

import type { ChildProcess } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Runner } from "../lib/features/conformance/test-run.ts";
import { noRedis } from "../lib/testing/redis-server.ts";
import { ensureChromium, noChromium } from "./chromium.ts";
import { type Count, countPlaywright, countRun, countVitest } from "./count-tests.ts";
import { finished, giveUp, project, start } from "./processes.ts";
import { readTested, recordRun, type Tested } from "./record-run.ts";
import { ensureRedis } from "./redis.ts";

type Check = {
  readonly id: string;
  readonly title: string;
  readonly commands: readonly (readonly [program: string, ...args: string[]])[];
  /** What to do when it fails. */
  readonly mend: string;
  /** Left out if this one failed. */
  readonly needs?: string;
  /** Runs only when it is asked for. */
  readonly extra?: true;
  /** Answers what is missing, if it cannot be had. */
  readonly prepare?: () => string | null;
  /** For a runner of many tests: where its report is, and how it is counted. Any other check counts as one. */
  readonly report?: { readonly runner: Runner; readonly file: string; readonly count: (report: never) => Count };
};

const colors = process.stdout.isTTY ? "--colors=force" : "--colors=off";

const checks: readonly Check[] = [
  {
    id: "format",
    title: "Format and lint",
    commands: [["biome", "ci", "--error-on-warnings", colors]],
    mend: "`npm run format` mends what can be mended by itself.",
  },
  {
    id: "types",
    title: "Types",
    commands: [
      ["next", "typegen"],
      ["tsc", "--noEmit"],
    ],
    mend: "Mend the first error first; the others often follow from it.",
  },
  {
    id: "imports",
    title: "Imports and rooms",
    commands: [
      ["node", "scripts/check-import-rules.ts"],
      ["node", "scripts/check-folder-sizes.ts"],
    ],
    mend: "Each line above says what to do instead.",
  },
  {
    id: "unused",
    title: "Unused code",
    commands: [["knip"]],
    mend: "Delete what is unused, or stop exporting it.",
  },
  {
    id: "openapi",
    title: "The OpenAPI document",
    commands: [["node", "scripts/check-openapi.ts"]],
    mend: "The document is made of the endpoints' own schemas and words: mend the one that each line above names.",
  },
  {
    id: "unit",
    title: "Unit, contract and claim tests",
    commands: [["vitest", "run", "--reporter=default", "--reporter=json", "--outputFile=test-results/unit.json"]],
    prepare: () => (ensureRedis() ? null : noRedis),
    mend: "`npx vitest <file>` runs one file again on each change.",
    report: { runner: "unit", file: "test-results/unit.json", count: countVitest },
  },
  {
    id: "build",
    title: "Production build",
    commands: [["next", "build"]],
    mend: "`npm run build` shows it alone.",
  },
  {
    id: "e2e",
    title: "Browser tests",
    commands: [["playwright", "test"]],
    mend: "`npx playwright show-trace <trace.zip in test-results/e2e>` shows what the browser saw.",
    needs: "build",
    prepare: () => (!ensureChromium() ? noChromium : ensureRedis() ? null : noRedis),
    report: { runner: "e2e", file: "test-results/e2e.json", count: countPlaywright },
  },
  {
    id: "lock",
    title: "The lock file, for every system",
    commands: [["node", "scripts/check-lock-file.ts"]],
    mend: "`npm run check:lock` shows it alone.",
    extra: true,
  },
  {
    id: "adding",
    title: "What it takes to add something",
    commands: [["node", "scripts/check-adding.ts"]],
    mend: "`npm run check:adding` shows it alone. docs/adding-*.md say what is promised.",
    prepare: () => (ensureRedis() ? null : noRedis),
    extra: true,
  },
  {
    id: "demo",
    title: "The demo, from a fresh copy",
    commands: [["node", "scripts/check-demo.ts"]],
    mend: "`npm run check:demo` shows it alone.",
    extra: true,
  },
];

type Outcome = Count & { readonly check: Check; readonly seconds: number };

let running: ChildProcess | undefined;
process.on("SIGTERM", () => {
  running?.kill("SIGTERM");
  process.exit(1);
});

async function run(check: Check): Promise<Count> {
  const missing = check.prepare?.();
  if (missing) return { passed: 0, failed: 1, skipped: 0, note: missing };
  const report = check.report && join(project, check.report.file);
  // An old report must not speak for a run that wrote none.
  if (report) rmSync(report, { force: true });
  const tested = await readTested();
  let exitCode = 0;
  for (const [program, ...args] of check.commands) {
    running = start(program, args);
    exitCode = await finished(running);
    if (exitCode !== 0) break;
  }
  if (check.report) return reported(exitCode, check.report, tested);
  return exitCode === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

/** Counts a report, and keeps what it says of requirements. */
async function reported(
  exitCode: number,
  { runner, file, count }: NonNullable<Check["report"]>,
  tested: Tested,
): Promise<Count> {
  const path = join(project, file);
  let counted: Count | null = null;
  try {
    counted = count(JSON.parse(readFileSync(path, "utf8")) as never);
  } catch {}
  const mute = counted ? await recordRun(runner, path, tested) : [];
  const sum = countRun(exitCode, counted);
  if (mute.length === 0) return sum;
  const note = `A test names a requirement, and no flow or variant that it ran: ${mute.join("; ")}`;
  return { ...sum, failed: sum.failed + 1, note };
}

function chosenChecks(): readonly Check[] {
  const values = readOptions();
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

function readOptions(): { only?: string; with?: string } {
  try {
    return parseArgs({ options: { only: { type: "string" }, with: { type: "string" } } }).values;
  } catch (error) {
    return giveUp(
      (error as Error).message,
      "There are two options: npm test -- --only unit,e2e, npm test -- --with demo",
    );
  }
}

function inWords({ passed, failed, skipped }: Count): string {
  const parts = [failed && `${failed} FAILED`, passed && `${passed} passed`, skipped && `${skipped} skipped`];
  return parts.filter(Boolean).join(", ");
}

function printTable(outcomes: readonly Outcome[]): void {
  const width = Math.max(...outcomes.map(({ check }) => check.title.length));
  console.log(`\n${"─".repeat(width + 40)}`);
  for (const { check, passed, failed, skipped, seconds, note } of outcomes) {
    const result = check.report ? inWords({ passed, failed, skipped }) : (failed && "FAILED") || (passed && "passed");
    console.log(`${check.title.padEnd(width)}  ${(result || "not run").padEnd(28)}${seconds.toFixed(1).padStart(7)} s`);
    if (note) console.log(`  ${note}`);
    if (failed > 0) console.log(`  ${check.mend}`);
  }
}

const outcomes: Outcome[] = [];
mkdirSync(join(project, "test-results"), { recursive: true });
for (const check of chosenChecks()) {
  const needed = outcomes.find((outcome) => outcome.check.id === check.needs);
  console.log(`\n── ${check.title} ──\n`);
  const started = process.hrtime.bigint();
  const count = needed?.failed
    ? { passed: 0, failed: 0, skipped: 0, note: `Needs "${needed.check.title}", which failed.` }
    : await run(check);
  outcomes.push({ ...count, check, seconds: Number(process.hrtime.bigint() - started) / 1e9 });
}

printTable(outcomes);
const total = (kind: "passed" | "failed") => outcomes.reduce((sum, outcome) => sum + outcome[kind], 0);
console.log(`\n${total("passed")} passed, ${total("failed")} failed`);
process.exitCode = total("failed") > 0 ? 1 : 0;
