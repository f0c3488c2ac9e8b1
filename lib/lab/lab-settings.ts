import type { Binding } from "../core/settings.ts";
import { day, type Lifetimes, lifetimePresets, second } from "../core/time.ts";
import type { Variant } from "../core/variant.ts";
import { type Chosen, isSetting, type SettingRows } from "./settings/setting.ts";
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
  const { binding, parallelLogins } = settings;
  return {
    ...variant,
    settings: {
      ...variant.settings,
      lifetimes: lifetimesIn(settings, variant.settings.lifetimes),
      ...((binding.userAgent !== "off" || binding.ip !== "off") && { binding }),
      ...(parallelLogins !== null && { parallelLogins }),
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
