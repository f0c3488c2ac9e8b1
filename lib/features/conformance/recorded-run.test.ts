import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readRecordedRun, recordOf, runsOfRecord } from "./recorded-run.ts";
import type { RunTest, TestRun } from "./test-run.ts";

const run = (...tests: readonly RunTest[]): TestRun => ({
  date: "2026-01-01T10:00:00.000Z",
  commit: "abc",
  engines: { "Node.js": "24.0.0" },
  tree: "t",
  passed: 40,
  failed: 0,
  tests,
});
const passed = (file: string, ...titles: readonly string[]): RunTest => ({ file, titles, status: "passed" });
const unit = [
  passed("lib/b.test.ts", "cookie/signed", "ending", "a copy is refused"),
  passed("lib/b.test.ts", "cookie/plain", "ending", "a copy is refused"),
  passed("lib/a.test.ts", "one alone"),
  passed("lib/b.test.ts", "hybrid/allowlist", "ending", "another"),
];
const e2e = [passed("e2e/a.spec.ts", "two"), passed("e2e/a.spec.ts", "one")];
const date = "2026-01-01T11:00:00.000Z";
const record = recordOf({ unit: run(...unit), e2e: { ...run(...e2e), engines: { Chromium: "1.0" } } }, date);

test("a record names its tree, its date, and the engines of each runner, which the other one does not get", () => {
  expect(record).toMatchObject({ tree: "t", date });
  const { unit: own, e2e: browsers } = runsOfRecord(record);
  expect([own.engines, browsers.engines]).toEqual([{ "Node.js": "24.0.0" }, { Chromium: "1.0" }]);
  expect([record.unit.passed, record.e2e.passed]).toEqual([40, 40]);
});

test("a record has the titles of a suite once for all groups that have the same tests, each list sorted", () => {
  expect(record.unit.files).toEqual([
    { of: ["lib/a.test.ts"], tests: ["one alone"] },
    {
      of: ["lib/b.test.ts"],
      groups: [
        { of: ["cookie/plain", "cookie/signed"], groups: [{ of: ["ending"], tests: ["a copy is refused"] }] },
        { of: ["hybrid/allowlist"], groups: [{ of: ["ending"], tests: ["another"] }] },
      ],
    },
  ]);
});

test("the same tests in another order give the same record", () => {
  const turned = {
    unit: run(...unit.toReversed()),
    e2e: { ...run(...e2e.toReversed()), engines: { Chromium: "1.0" } },
  };
  expect(JSON.stringify(recordOf(turned, date))).toBe(JSON.stringify(record));
});

test("a record gives back each passed test, and none that was skipped", () => {
  const skipped: RunTest = { file: "lib/c.test.ts", titles: ["left out"], status: "skipped" };
  const runs = runsOfRecord(recordOf({ unit: run(...unit, skipped), e2e: run(...e2e) }, date));
  expect(new Set(runs.unit.tests)).toEqual(new Set(unit));
  expect(new Set(runs.e2e.tests)).toEqual(new Set(e2e));
  expect(runs.unit).toMatchObject({ tree: "t", date, passed: 40, failed: 0 });
});

test("a record is read as it was written, and a missing or a spoilt file is no record", async () => {
  const folder = mkdtempSync(join(tmpdir(), "record-"));
  const path = join(folder, "conformance.json");
  expect(await readRecordedRun(path)).toBeNull();
  writeFileSync(path, JSON.stringify(record));
  expect(await readRecordedRun(path)).toEqual(record);
  writeFileSync(path, JSON.stringify({ ...record, unit: { passed: 1, files: [{ tests: ["of nowhere"] }] } }));
  expect(await readRecordedRun(path)).toBeNull();
});
