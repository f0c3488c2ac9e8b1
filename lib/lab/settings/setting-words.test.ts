import { describe, expect, test } from "vitest";
import { duration } from "../../core/time.ts";
import type { FlowManifest } from "../../core/variant.ts";
import { flows } from "../../flows/registry.ts";
import { usualSettings } from "../lab-settings.ts";
import { settingRows } from "./setting-paths.ts";
import { meaningOf, settingValue } from "./setting-values.ts";
import { settingWords } from "./setting-words.ts";

const manifests: readonly FlowManifest[] = flows.map(({ manifest }) => manifest);

describe.for(manifests.map(({ id }) => ({ id })))("$id", ({ id }) => {
  const manifest = manifests.find((each) => each.id === id) ?? manifests[0];
  if (!manifest) throw new Error("There is no flow");
  const flow = { ...manifest, presents: "cookie" as const };
  const rows = settingWords(flow, manifest.variants);

  test("every setting of the table is said beside the flow, with the table's sentence for each option", () => {
    expect(rows.map(({ path }) => path)).toEqual(Object.keys(settingRows));
    for (const row of rows) {
      for (const { value } of row.options)
        expect(meaningOf(row, value)).toBe(
          settingRows[row.path].means(value, { flow, variant: undefined, inWords: duration }),
        );
    }
  });

  test("the usual value of each setting is that of a new lab", () => {
    for (const { path, usual } of rows) expect(settingValue(usualSettings, path)).toBe(usual);
  });

  test("a typed value stands in the sentence of its setting, and no placeholder does", () => {
    const typed = rows.filter(({ other }) => other);
    expect(typed.length).toBeGreaterThan(3);
    for (const row of typed) {
      expect(meaningOf(row, 37)).toContain("37");
      expect(meaningOf(row, 37)).not.toMatch(/[{}]|NaN|undefined/);
    }
  });

  test("a setting concerns the variants for which it has an effect", () => {
    const bound = rows.find(({ path }) => path === "binding.ip");
    expect(bound?.concerns).toEqual(
      manifest.variants.filter(({ settings }) => settings.store !== undefined).map((variant) => variant.id),
    );
  });
});
