/** Checks that `npm ci` works on every supported system. It uses npm's dry run, which downloads and writes no files. */

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { giveUp, project } from "../processes.ts";
import { faultsOf, systems } from "./lock-file.ts";

const faults = [...faultsOf(JSON.parse(readFileSync(join(project, "package-lock.json"), "utf8")))];
for (const system of systems) {
  const [os, cpu] = system.split("/");
  const { status, stderr } = spawnSync(
    "npm",
    ["ci", "--dry-run", "--ignore-scripts", "--loglevel=error", `--os=${os}`, `--cpu=${cpu}`],
    { cwd: project, encoding: "utf8", shell: process.platform === "win32" },
  );
  console.log(`  ${status === 0 ? "✓" : "✗"} npm ci for ${system}`);
  if (status !== 0) faults.push(`${system}: ${stderr.trim()}`);
}

if (faults.length > 0) {
  giveUp(
    "The lock file does not serve every system:",
    ...faults.map((fault) => `  ${fault}`),
    "Write it anew: delete package-lock.json, then `npm install --package-lock-only`.",
  );
}
