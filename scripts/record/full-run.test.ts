import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { TestRun } from "../../lib/features/conformance/test-run.ts";
import { areWhole, forgetFullRun, keepFullRun, readFullRun, whyNot } from "./full-run.ts";

const date = "2026-01-01T00:00:00.000Z";
const run: TestRun = { date, commit: null, engines: {}, tree: "t", passed: 1, failed: 0, tests: [] };
const full = { date, tree: "t", failed: [] };
const runs = { unit: run, e2e: run };

describe("results are recorded", () => {
  test("of a full green run on this tree", () => {
    expect(whyNot(full, runs, "t")).toBeNull();
    expect(areWhole(runs)).toBe(true);
  });
});

describe("results are not recorded", () => {
  test("without a full run", () => {
    expect(whyNot(null, runs, "t")).toMatch(/^There is no full run to record\. Run `npm test` first/);
  });

  test("of a red run, and the sentence names its failed checks", () => {
    expect(whyNot({ ...full, failed: ["Types", "Unused code"] }, runs, "t")).toMatch(/was red: Types, Unused code\./);
    expect(whyNot(full, { ...runs, e2e: { ...run, failed: 1 } }, "t")).toMatch(/^A test failed/);
  });

  test("if one of the runners has none", () => {
    expect(whyNot(full, { unit: run }, "t")).toMatch(/partial: the browser tests have none/);
    expect(whyNot(full, { e2e: run }, "t")).toMatch(/partial: the unit tests have none/);
    expect(areWhole({ e2e: run })).toBe(false);
  });

  test("of another tree, whichever part of the run is of it", () => {
    const other = { ...run, tree: "another" };
    const cases = [
      whyNot({ ...full, tree: "another" }, runs, "t"),
      whyNot(full, { ...runs, unit: other }, "t"),
      whyNot(full, { ...runs, e2e: other }, "t"),
      whyNot(full, runs, "changed"),
    ];
    for (const each of cases) expect(each).toMatch(/^The results are of another tree/);
  });
});

test("a full run is kept once it ended, and one that was broken off leaves none", () => {
  const path = join(mkdtempSync(join(tmpdir(), "full-run-")), "full-run.json");
  expect(readFullRun(path)).toBeNull();
  keepFullRun(full, path);
  expect(readFullRun(path)).toEqual(full);
  forgetFullRun(path);
  expect(readFullRun(path)).toBeNull();
});
