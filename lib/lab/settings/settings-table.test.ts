import { describe, expect, test } from "vitest";
import { settingsBody } from "@/lib/features/lab-controls/settings-body.ts";
import { flows } from "@/lib/flows/registry.ts";
import { usualSettings } from "@/lib/lab/lab-settings.ts";
import {
  changeTo,
  type SettingPath,
  settingValues,
  unusualSettings,
  usualValues,
} from "@/lib/lab/settings/setting-paths.ts";
import { settingList } from "./settings-table.ts";

/** Every leaf of the settings as they are stored, found without knowing their names. */
function leaves(value: object, before = ""): readonly string[] {
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === "object" && inner !== null ? leaves(inner, `${before}${key}.`) : [before + key],
  );
}

const places = flows.map(({ manifest }) => ({
  flow: { ...manifest, presents: "cookie" as const },
  variant: undefined,
}));
const described = Object.entries(settingList) as [SettingPath, (typeof settingList)[SettingPath]][];

test("each setting of a lab is described, and nothing else", () => {
  expect(Object.keys(settingList).sort()).toEqual([...leaves(usualSettings)].sort());
});

test("each setting is compared with the usual", () => {
  expect(Object.keys(settingValues(usualSettings)).sort()).toEqual([...leaves(usualSettings)].sort());
  expect(unusualSettings(usualSettings)).toEqual([]);
  const chosen = { ...usualSettings, cookies: { ...usualSettings.cookies, prefix: "" as const }, skewSeconds: 6 };
  expect(unusualSettings(chosen)).toEqual(["skewSeconds", "cookies.prefix"]);
});

test("several choices become one change", () => {
  expect(
    changeTo([
      ["cookies.path", "/x"],
      ["cookies.secure", false],
      ["parallelLogins", 1],
    ]),
  ).toEqual({
    cookies: { path: "/x", secure: false },
    parallelLogins: 1,
  });
});

describe.for(described)("%s", ([path, { options, means }]) => {
  test("the usual is one of its options", () => {
    for (const place of places) expect(options(place).map(({ value }) => value)).toContain(usualValues[path]);
  });

  test("the usual is never the weaker one, and no option stands there twice", () => {
    for (const place of places) {
      expect(options(place).find(({ value }) => value === usualValues[path])?.weaker).toBeUndefined();
      expect(new Set(options(place).map(({ label }) => label)).size).toBe(options(place).length);
    }
  });

  test("the server takes each of its options, and each has its sentence", () => {
    for (const place of places) {
      for (const { value } of options(place)) {
        expect(settingsBody.safeParse(changeTo([[path, value]])).success).toBe(true);
        expect(means(value, place)).toMatch(/^[A-Z“].*\.$/);
      }
    }
  });
});
