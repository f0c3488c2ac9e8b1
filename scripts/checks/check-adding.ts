/**
 * Counts the files that change when something is added. In a copy of the project it adds a flow, a store, a setting
 * and an instrument as docs/adding-*.md say, and checks that the copy passes its checks and each addition works.
 * Fails if more files change than promised.
 */

import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Addition, add } from "../adding.ts";
import { finished, giveUp, project, start } from "../processes.ts";
import { copyProject } from "../project-copy.ts";

/** The number of files that may change, without new files, tests and the tables that `npm run readme` writes. */
const promised = {
  /** A line of the list of flows. */
  flow: 1,
  /** A row of the registry, and a variant that names it. */
  store: 2,
  /** A row of the table, and the place that obeys it. */
  setting: 2,
  /** A line of the list of endpoints. */
  instrument: 1,
} as const;

/** Existing tests that must also pass with the additions. */
const standing = [
  "lib/flows/registry.test.ts",
  "lib/stores/stores.test.ts",
  "lib/lab/settings/settings-table.test.ts",
  // This test lists the order of the settings, so a new setting changes it.
  ...["--testNamePattern", "^(?!.*order of the table)"],
];

const folder = mkdtempSync(join(tmpdir(), "loginscope-adding-"));
const copy = join(folder, "copy");
const failures: string[] = [];
let running: ReturnType<typeof start> | undefined;
process.on("SIGTERM", () => {
  running?.kill("SIGTERM");
  rmSync(folder, { recursive: true, force: true });
  process.exit(1);
});

try {
  copyProject(copy);
  symlinkSync(join(project, "node_modules"), join(copy, "node_modules"), "junction");
  const client = "lib/stores/prisma/generated";
  cpSync(join(project, client), join(copy, client), { recursive: true });
  const additions = Object.keys(promised).map((kind) => add(kind, copy));
  for (const addition of additions) tell(addition);
  await expectSound(additions);
} catch (error) {
  failures.push(error instanceof Error ? error.message : String(error));
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

if (failures.length > 0) giveUp("Adding is not as promised:", ...failures.map((failure) => `  ${failure}`));
console.log("\nAdding is as promised.");

function tell({ kind, changed, added }: Addition): void {
  const most = promised[kind as keyof typeof promised];
  console.log(`${kind}: ${added.length} new files, ${changed.length} of ${most} changed: ${changed.join(", ")}`);
  if (changed.length > most) failures.push(`Adding a ${kind} changes ${changed.length} files, not ${most}.`);
}

/** Checks types, lint, the existing tests and the test of each addition. */
async function expectSound(additions: readonly Addition[]): Promise<void> {
  const code = additions.flatMap(({ added, changed }) => [...added, ...changed]).filter((file) => /\.tsx?$/.test(file));
  const tests = code.filter((file) => /\.test\.ts$/.test(file));
  await expectRun("its lint", "biome", "check", "--vcs-enabled=false", ...code);
  await expectRun("its types", "next", "typegen");
  await expectRun("its types", "tsc", "--noEmit");
  // Longer timeouts, because the machine may be busy.
  await expectRun("its tests", "vitest", "run", "--reporter=dot", "--testTimeout=60000", ...tests, ...standing);
}

async function expectRun(what: string, program: string, ...args: readonly string[]): Promise<void> {
  running = start(join(project, "node_modules/.bin", program), args, { cwd: copy });
  if ((await finished(running)) !== 0) failures.push(`With the additions, ${what} are not in order.`);
}
