import { type LabSettings, usualSettings } from "../lab-settings.ts";
import { isSetting, type PathsOf, type Setting, type SettingRows, type SettingValue } from "./setting.ts";
import { changeTo, settingValue } from "./setting-values.ts";
import { settingsTable } from "./settings-table.ts";

/** The path of a setting: `skewSeconds`, `binding.ip`, `cookies.path`. */
export type SettingPath = PathsOf<typeof settingsTable>;

/** Every row of the table, by its path. */
export const settingRows = Object.fromEntries(flat(settingsTable)) as Readonly<Record<SettingPath, Setting>>;

const settingPaths = Object.keys(settingRows) as readonly SettingPath[];

function flat(rows: SettingRows): readonly (readonly [string, Setting])[] {
  return Object.entries(rows).flatMap(([name, found]) =>
    isSetting(found) ? [[name, found] as const] : flat(found).map(([inner, row]) => [`${name}.${inner}`, row] as const),
  );
}

export const usualValues = settingValues(usualSettings);

/** Every setting with its value, flat. */
export function settingValues(settings: LabSettings): Readonly<Record<SettingPath, SettingValue>> {
  return Object.fromEntries(settingPaths.map((path) => [path, settingValue(settings, path)])) as Record<
    SettingPath,
    SettingValue
  >;
}

/** The settings that differ from their usual value. */
export function unusualSettings(settings: LabSettings): readonly SettingPath[] {
  const values = settingValues(settings);
  return settingPaths.filter((path) => values[path] !== usualValues[path]);
}

/** The settings alone, without the other members of a view. */
export function settingsOf(settings: LabSettings): LabSettings {
  const values = settingValues(settings);
  return changeTo(settingPaths.map((path) => [path, values[path]])) as LabSettings;
}
