/**
 * Checks every TypeScript file against the rules of
 * .dependency-cruiser.mjs, and says for each breach what to do instead.
 */

import { globSync } from "node:fs";
import { join } from "node:path";
import { cruise, type ICruiseResult } from "dependency-cruiser";
import extractConfiguration from "dependency-cruiser/config-utl/extract-depcruise-config";
import extractTypeScriptConfiguration from "dependency-cruiser/config-utl/extract-ts-config";
import { project } from "../processes.ts";

const { forbidden = [], options } = await extractConfiguration(join(project, ".dependency-cruiser.mjs"));

/** The name of each rule, with the remedy for a breach. */
export const importRules: ReadonlyMap<string, string> = new Map(
  forbidden.map((rule) => [rule.name ?? "unnamed", rule.comment ?? ""]),
);

export type Breach = { readonly from: string; readonly to: string; readonly rule: string };

/**
 * Throws if the tool did not see every file. Without a TypeScript
 * version that it supports, it finds no module and no fault.
 */
export async function checkImports(root: string): Promise<{ files: number; imports: number; breaches: Breach[] }> {
  const files = globSync(["{app,e2e,lib,prisma,scripts}/**/*.{ts,tsx}", "*.ts"], { cwd: root })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => !file.startsWith("lib/stores/prisma/generated/"));
  const tsConfig = join(root, "tsconfig.json");
  const { output } = await cruise(
    files,
    { ...options, baseDir: root, tsConfig: { fileName: tsConfig }, ruleSet: { forbidden }, validate: true },
    // Emptied before each import, which is two thirds of the work: needed where another root was looked at before.
    { bustTheCache: root !== project },
    { tsConfig: extractTypeScriptConfiguration(tsConfig) },
  );
  const { modules, summary } = output as ICruiseResult;
  const seen = new Set(modules.map((module) => module.source));
  const unseen = files.filter((file) => !seen.has(file));
  if (summary.totalDependenciesCruised === 0 || unseen.length > 0) {
    throw new Error(
      `dependency-cruiser saw ${files.length - unseen.length} of ${files.length} TypeScript files and ` +
        `${summary.totalDependenciesCruised} imports, so its silence proves nothing. ` +
        "It reads TypeScript through TypeScript's JavaScript API: is typescript 6 installed?",
    );
  }
  const breaches = summary.violations.map(({ from, to, rule }) => ({ from, to, rule: rule.name }));
  return { files: files.length, imports: summary.totalDependenciesCruised ?? 0, breaches };
}

if (import.meta.main) {
  const { files, imports, breaches } = await checkImports(project);
  for (const { from, to, rule } of breaches) {
    console.error(`${from} imports ${to}\n  breaks ${rule}: ${importRules.get(rule)}\n`);
  }
  console.log(`${imports} imports in ${files} files, ${breaches.length} against the rules.`);
  process.exitCode = breaches.length > 0 ? 1 : 0;
}
