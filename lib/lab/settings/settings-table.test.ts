import { describe, expect, test } from "vitest";
import { settingsBody } from "../../features/lab-controls/settings-schemas.ts";
import { flows } from "../../flows/registry.ts";
import { usualSettings } from "../lab-settings.ts";
import type { Setting } from "./setting.ts";
import {
  type SettingPath,
  settingRows,
  settingsOf,
  settingValues,
  unusualSettings,
  usualValues,
} from "./setting-paths.ts";
import { changeTo } from "./setting-values.ts";

/** Every leaf of the settings as they are stored, found without knowing their names. */
function leaves(value: object, before = ""): readonly string[] {
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === "object" && inner !== null ? leaves(inner, `${before}${key}.`) : [before + key],
  );
}

const places = flows.map(({ manifest }) => ({
  flow: { ...manifest, presents: "cookie" as const },
  variant: undefined,
  inWords: (milliseconds: number) => `${milliseconds} ms`,
}));
const described = Object.entries(settingRows) as [SettingPath, Setting][];

test("the table has exactly one row for each setting of a lab", () => {
  expect(Object.keys(settingRows)).toEqual(leaves(usualSettings));
});

test("the settings are stored and answered in the order of the table", () => {
  expect(JSON.stringify(usualSettings)).toBe(
    '{"lifetimes":"standard","rememberedDays":null,"skewSeconds":5,"binding":{"userAgent":"off","ip":"off"},' +
      '"parallelLogins":null,"adoptSentId":false,"readCache":false,"personalData":false,"passwordInside":false,"cookies":{"sameSite":null,"secure":null,"httpOnly":null,' +
      '"path":null,"domain":null,"prefix":null,"partitioned":null,"maxAge":null}}',
  );
});

test("the settings are read from a view without its other members", () => {
  const view = { defaults: {}, ...usualSettings, more: 1 };
  expect(JSON.stringify(settingsOf(view))).toBe(JSON.stringify(usualSettings));
});

test("each setting is compared with its usual value", () => {
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
  test("the usual value is one of its options", () => {
    for (const place of places) expect(options(place).map(({ value }) => value)).toContain(usualValues[path]);
  });

  test("the usual value is never the weaker one, and options are unique", () => {
    for (const place of places) {
      expect(options(place).find(({ value }) => value === usualValues[path])?.weaker).toBeUndefined();
      expect(new Set(options(place).map(({ label }) => label)).size).toBe(options(place).length);
    }
  });

  test("the server accepts each of its options, and each has a text", () => {
    for (const place of places) {
      for (const { value } of options(place)) {
        expect(settingsBody.safeParse(changeTo([[path, value]])).success).toBe(true);
        expect(means(value, place)).toMatch(/^[A-Z“].*\.$/);
      }
    }
  });
});
