import { expect, test } from "vitest";
import { flows, variants } from "../../lib/flows/registry.ts";
import { quickChecks } from "./quick.ts";

/** The options that the tests are run with. */
function optionsOf(files: readonly string[], redis: boolean): readonly string[] {
  const unit = quickChecks(files, redis).checks.find(({ id }) => id === "unit");
  return unit?.commands[0]?.slice(1) ?? [];
}

/** Whether a test with this title is run. */
function runs(options: readonly string[], title: string): boolean {
  const pattern = options.find((option) => option.startsWith("--testNamePattern="));
  return new RegExp(pattern?.slice(pattern.indexOf("=") + 1) ?? "").test(title);
}

test("a quick run has the tests of each flow's default variants and leaves out other variants", () => {
  const usual = flows.flatMap(({ manifest }): readonly string[] => Object.values(manifest.defaults));
  const ran = variants.filter(({ id }) => runs(optionsOf([], true), `login > ${id} gets in`)).map(({ id }) => id);
  expect(ran).toEqual(variants.map(({ id }) => id).filter((id) => usual.includes(id)));
  expect(runs(optionsOf([], true), "what is about no variant")).toBe(true);
});

test("a named file is run with all its tests, also a slow file", () => {
  const options = optionsOf(["claims.test.ts"], true);
  expect(options.filter((option) => /^--(exclude|testNamePattern)/.test(option))).toEqual([]);
  expect(options.at(-1)).toBe("claims.test.ts");
});

test("without Redis its tests are left out, and the run says so", () => {
  expect(runs(optionsOf([], false), "records in Redis > are found")).toBe(false);
  expect(runs(optionsOf([], false), "records in memory > are found")).toBe(true);
  expect(optionsOf([], false)).toContain("--tagsFilter=!redis");
  expect(quickChecks([], false).leftOut.join()).toContain("Redis");
  expect(quickChecks([], true).leftOut.join()).not.toContain("Redis");
});
