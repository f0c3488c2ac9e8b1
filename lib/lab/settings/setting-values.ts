import type { LabSettings } from "../lab-settings.ts";
import type { SettingValue } from "./setting.ts";

// Without the table of settings, so that a page can load these functions and not its rules.

/** The value of one setting. */
export function settingValue(settings: LabSettings, path: string): SettingValue {
  const found = path.split(".").reduce<unknown>((inner, name) => Reflect.get(Object(inner), name), settings);
  return found as SettingValue;
}

/** The change to send so that these settings get these values; other settings stay as they are. */
export function changeTo(
  values: readonly (readonly [path: string, value: SettingValue])[],
): Readonly<Record<string, unknown>> {
  const change: Record<string, unknown> = {};
  for (const [path, value] of values) {
    const [group = "", key] = path.split(".");
    change[group] = key === undefined ? value : { ...Object(change[group]), [key]: value };
  }
  return change;
}

/** Stands for a typed value in a sentence that is made before it is typed. */
export const typedValue = "{value}";

type Meanings = {
  readonly options: readonly { readonly value: SettingValue; readonly means: string }[];
  readonly other?: { readonly means: string };
};

/** The effect and the risk of a value, in a sentence or two. */
export function meaningOf({ options, other }: Meanings, value: SettingValue): string {
  return (
    options.find((option) => option.value === value)?.means ?? other?.means.replaceAll(typedValue, String(value)) ?? ""
  );
}
