import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { treeOf } from "../../lib/features/conformance/tree.ts";
import { repository } from "../../lib/features/source/repository.ts";
import { project } from "../processes.ts";
import { readTested, recordRun } from "./record-run.ts";

const folder = mkdtempSync(join(tmpdir(), "record-run-"));
const results = join(folder, "conformance.json");

/** A report of Vitest on one test that passed. */
function reportOf(file: string, ...titles: readonly string[]): string {
  const path = join(folder, "report.json");
  const assertionResults = [{ ancestorTitles: titles.slice(0, -1), title: titles.at(-1), status: "passed" }];
  writeFileSync(path, JSON.stringify({ testResults: [{ name: join(project, file), assertionResults }] }));
  return path;
}
// Built from parts, so that this file does not contain a requirement's id.
const named = (title: string) => `[${"ASVS"} 7.4.1] ${title}`;
const report = reportOf("lib/a.test.ts", named("cookie/sealed: a copy is refused"));

test("a run counts for the files as they were before it began, also if they were edited meanwhile", async () => {
  const before = await readTested();
  expect(before.tree).toBe(treeOf(repository()));
  await recordRun("unit", report, { ...before, tree: "as it was" }, results);
  const { unit } = JSON.parse(readFileSync(results, "utf8"));
  expect(unit).toMatchObject({ tree: "as it was", commit: before.commit, passed: 1, failed: 0 });
  expect(unit.engines["Node.js"]).toBe(process.versions.node);
});

test("a run of one runner keeps the other runner's results", async () => {
  const tested = { commit: null, tree: "d" };
  await recordRun("unit", report, tested, results);
  const empty = join(folder, "e2e.json");
  writeFileSync(empty, JSON.stringify({ suites: [] }));
  await recordRun("e2e", empty, tested, results);
  const { unit, e2e } = JSON.parse(readFileSync(results, "utf8"));
  expect([unit.tests.length, e2e.tests.length]).toEqual([1, 0]);
});

test("a test that names a requirement but no flow or variant is reported", async () => {
  const tested = { commit: null, tree: "d" };
  expect(await recordRun("unit", report, tested, results)).toEqual([]);
  const unattributed = reportOf("lib/a.test.ts", "a group", named("a copy is refused"));
  expect(await recordRun("unit", unattributed, tested, results)).toEqual([
    expect.stringContaining("a copy is refused"),
  ]);
});
