import type { ChildProcess, SpawnOptions } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { finished, project, start } from "../processes.ts";
import { readTested, recordRun, type Tested } from "../record/record-run.ts";
import { type Count, countRun } from "./count-tests.ts";
import { failureLines } from "./failed-tests.ts";
import { slowestFiles } from "./slowest-files.ts";
import type { Check, Report } from "./table.ts";

export type Outcome = Count & {
  readonly check: Check;
  readonly seconds: number;
  /** The slowest test files, as lines of a table. */
  readonly slowest: readonly string[];
  /** The tests that failed, as lines. */
  readonly failures: readonly string[];
};

/** The number of files that are named for each runner. */
const named = 8;

const running = new Set<ChildProcess>();

/** Ends the running program when this process has to end. */
export function endRunning(): void {
  for (const child of running) child.kill("SIGTERM");
}

/**
 * Runs the commands of a check until one fails. `print` gets their
 * output at the end. Without it they write to this terminal as they run.
 */
export async function runCheck(check: Check, print?: (output: string) => void): Promise<Outcome> {
  const began = performance.now();
  const outcome = (count: Count, told: Pick<Outcome, "slowest" | "failures"> = { slowest: [], failures: [] }) => {
    return { ...count, ...told, check, seconds: (performance.now() - began) / 1000 };
  };
  const missing = check.prepare?.();
  if (missing) return outcome({ passed: 0, failed: 1, skipped: 0, note: missing });
  // Deletes an old report, which must not count for a run that wrote none.
  if (check.report) rmSync(join(project, check.report.file), { force: true });
  const tested = await readTested();
  const exitCode = await execute(check, print);
  if (!check.report) return outcome({ passed: Number(exitCode === 0), failed: Number(exitCode !== 0), skipped: 0 });
  const report = read(check.report);
  return outcome(await counted(exitCode, check.report, report, tested), toldBy(check.report, report));
}

async function execute({ commands, env }: Check, print?: (output: string) => void): Promise<number> {
  const output: string[] = [];
  let exitCode = 0;
  for (const [program, ...args] of commands) {
    const child = start(program, args, print ? kept(env) : { env: { ...process.env, ...env } });
    running.add(child);
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding("utf8").on("data", (text) => output.push(text));
    exitCode = await finished(child);
    running.delete(child);
    if (exitCode !== 0) break;
  }
  print?.(output.join(""));
  return exitCode;
}

/** Keeps a program's output, with colors if this terminal shows them. */
function kept(env: Check["env"]): SpawnOptions {
  const colors = process.stdout.isTTY ? { FORCE_COLOR: "1" } : {};
  return { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...colors, ...env } };
}

function toldBy({ times, failures }: Report, report: unknown): Pick<Outcome, "slowest" | "failures"> {
  if (report === null) return { slowest: [], failures: [] };
  return { slowest: slowestFiles(times(report as never), named), failures: failureLines(failures(report as never)) };
}

function read({ file }: Report): unknown {
  try {
    return JSON.parse(readFileSync(join(project, file), "utf8"));
  } catch {
    return null;
  }
}

/** Counts a report, and stores its results on requirements if the run has all tests. */
async function counted(
  exitCode: number,
  { runner, file, count }: Report,
  report: unknown,
  tested: Tested,
): Promise<Count> {
  const sum = countRun(exitCode, report === null ? null : count(report as never));
  const unattributed = runner && report !== null ? await recordRun(runner, join(project, file), tested) : [];
  if (unattributed.length === 0) return sum;
  const note = `A test names a requirement, and no flow or variant that it ran: ${unattributed.join("; ")}`;
  return { ...sum, failed: sum.failed + 1, note };
}
