import type { Binding } from "../core/settings.ts";
import { day, type Lifetimes, lifetimePresets, second } from "../core/time.ts";
import type { Variant } from "../core/variant.ts";
import { type Chosen, isSetting, type SettingRows } from "./settings/setting.ts";
import { settingsTable } from "./settings/settings-table.ts";

/**
 * What one lab chooses for all of its variants. Every default is what the flows do by themselves, and a choice
 * counts for credentials issued from then on.
 */
export type LabSettings = Chosen<typeof settingsTable>;

export type CookieChoice = LabSettings["cookies"];

/** What every lab begins with. */
export const usualSettings = usualOf(settingsTable) as LabSettings;

function usualOf(rows: SettingRows): object {
  return Object.fromEntries(
    Object.entries(rows).map(([name, found]) => [name, isSetting(found) ? found.usual : usualOf(found)]),
  );
}

/** A part of the settings: what it leaves out stays as it is. */
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

/** A variant as a lab with these settings runs it. */
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
