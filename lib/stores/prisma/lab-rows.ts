import type { Lab } from "../../lab/lab.ts";
import { changed, type LabSettings, type SettingsChange, usualSettings } from "../../lab/lab-settings.ts";
import type { Lab as LabRow } from "./generated/client.ts";
import { variantOf } from "./login-rows.ts";

export function labOf(row: LabRow): Lab {
  return {
    id: row.id,
    salt: row.salt,
    clockOffset: Number(row.clockOffset),
    keyGeneration: row.keyGeneration,
    acceptedKeys: listOf(row.acceptedKeys).map(Number),
    enabled: listOf(row.enabled).map((text) => variantOf(String(text))),
    settings: settingsOf(row.settings),
    expiresAt: row.expiresAt === null ? null : Number(row.expiresAt),
  };
}

function listOf(json: string): readonly unknown[] {
  const list: unknown = JSON.parse(json);
  if (!Array.isArray(list)) throw new Error(`The database holds something else where a list was stored: ${json}`);
  return list;
}

/** Written by this application alone. A setting that was added after the lab has its usual value. */
export function settingsOf(json: string): LabSettings {
  const change: SettingsChange = JSON.parse(json);
  return changed(usualSettings, change);
}
