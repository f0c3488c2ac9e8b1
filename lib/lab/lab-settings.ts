import { type Binding, cachedFor } from "../core/settings.ts";
import { day, type Lifetimes, lifetimePresets, second } from "../core/time.ts";
import type { Variant } from "../core/variant.ts";
import { type Chosen, isSetting, type SettingRows, takesValue } from "./settings/setting.ts";
import { settingsTable } from "./settings/settings-table.ts";

/**
 * The settings of one lab, for all of its variants. The defaults leave the flows as they are. A change applies to
 * credentials issued afterwards.
 */
export type LabSettings = Chosen<typeof settingsTable>;

export type CookieChoice = LabSettings["cookies"];

/** The settings of a new lab. */
export const usualSettings = usualOf(settingsTable) as LabSettings;

function usualOf(rows: SettingRows): object {
  return Object.fromEntries(
    Object.entries(rows).map(([name, found]) => [name, isSetting(found) ? found.usual : usualOf(found)]),
  );
}

/**
 * Settings as they were stored. A setting that was added after the lab has its usual value, and so has a stored value
 * that is not accepted any more: a value that no header can carry would make every login of the lab fail.
 */
export function storedSettings(stored: unknown): LabSettings {
  return storedIn(settingsTable, stored) as LabSettings;
}

function storedIn(rows: SettingRows, stored: unknown): object {
  return Object.fromEntries(
    Object.entries(rows).map(([name, found]) => {
      const value: unknown = Reflect.get(Object(stored), name);
      if (!isSetting(found)) return [name, storedIn(found, value)];
      return [name, takesValue(found, value) ? value : found.usual];
    }),
  );
}

/** Some of the settings; the others stay as they are. */
export type SettingsChange = Partial<Omit<LabSettings, "binding" | "cookies">> & {
  readonly binding?: Partial<Binding>;
  readonly cookies?: Partial<CookieChoice>;
};

export function changed(settings: LabSettings, { binding, cookies, ...rest }: SettingsChange): LabSettings {
  return {
    ...settings,
    ...rest,
    binding: { ...settings.binding, ...binding },
    cookies: { ...settings.cookies, ...cookies },
  };
}

/** A variant with the settings of this lab. */
export function inLab(settings: LabSettings, variant: Variant): Variant {
  const { binding, parallelLogins, readCache } = settings;
  return {
    ...variant,
    settings: {
      ...variant.settings,
      lifetimes: lifetimesIn(settings, variant.settings.lifetimes),
      ...((binding.userAgent !== "off" || binding.ip !== "off") && { binding }),
      ...(parallelLogins !== null && { parallelLogins }),
      ...(readCache && { staleFor: cachedFor }),
    },
  };
}

function lifetimesIn({ lifetimes, rememberedDays, skewSeconds }: LabSettings, own: Lifetimes): Lifetimes {
  const chosen = lifetimes === "standard" ? own : lifetimePresets[lifetimes];
  return {
    ...chosen,
    skew: skewSeconds * second,
    ...(rememberedDays !== null && { remembered: rememberedDays * day }),
  };
}
