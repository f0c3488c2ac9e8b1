import type { Binding } from "../../core/settings.ts";
import { type CookieChoice, type LabSettings, usualSettings } from "../lab-settings.ts";

/** One setting of a lab, by where it stands: `skewSeconds`, `binding.ip`, `cookies.path`. */
export type SettingPath =
  | Exclude<keyof LabSettings, "binding" | "cookies">
  | `binding.${keyof Binding}`
  | `cookies.${keyof CookieChoice}`;
export type SettingValue = string | number | boolean | null;

/** Every setting with its value, flat. */
export function settingValues(settings: LabSettings): Readonly<Record<SettingPath, SettingValue>> {
  const { binding, cookies, lifetimes, rememberedDays, skewSeconds, parallelLogins, personalData } = settings;
  return {
    lifetimes,
    rememberedDays,
    skewSeconds,
    "binding.userAgent": binding.userAgent,
    "binding.ip": binding.ip,
    parallelLogins,
    personalData,
    "cookies.sameSite": cookies.sameSite,
    "cookies.secure": cookies.secure,
    "cookies.httpOnly": cookies.httpOnly,
    "cookies.path": cookies.path,
    "cookies.domain": cookies.domain,
    "cookies.prefix": cookies.prefix,
    "cookies.partitioned": cookies.partitioned,
    "cookies.maxAge": cookies.maxAge,
  };
}

export const usualValues = settingValues(usualSettings);

/** The settings that are not as they usually are. */
export function unusualSettings(settings: LabSettings): readonly SettingPath[] {
  const values = settingValues(settings);
  return (Object.keys(usualValues) as SettingPath[]).filter((path) => values[path] !== usualValues[path]);
}

/** What to ask for so that these settings have these values; the rest stays as it is. */
export function changeTo(values: readonly (readonly [SettingPath, SettingValue])[]): Readonly<Record<string, unknown>> {
  const change: Record<string, unknown> = {};
  for (const [path, value] of values) {
    const [group = "", key] = path.split(".");
    change[group] = key === undefined ? value : { ...Object(change[group]), [key]: value };
  }
  return change;
}

/** The settings alone, without what a view tells beside them. */
export function settingsOf({
  lifetimes,
  rememberedDays,
  skewSeconds,
  binding,
  parallelLogins,
  personalData,
  cookies,
}: LabSettings): LabSettings {
  return { lifetimes, rememberedDays, skewSeconds, binding, parallelLogins, personalData, cookies };
}
