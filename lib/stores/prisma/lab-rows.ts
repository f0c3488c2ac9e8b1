import { isInstant } from "../../core/time.ts";
import type { CookiePlace } from "../../lab/cookies/cookie-place.ts";
import type { AcceptedKey } from "../../lab/key-ring.ts";
import type { Lab } from "../../lab/lab.ts";
import { type LabSettings, storedSettings } from "../../lab/lab-settings.ts";
import type { Lab as LabRow } from "./generated/client.ts";
import { instantOf } from "./instants.ts";
import { variantOf } from "./login-rows.ts";

export function labOf(row: LabRow): Lab {
  return {
    id: row.id,
    salt: row.salt,
    clockOffset: instantOf(row.clockOffset),
    keyGeneration: row.keyGeneration,
    acceptedKeys: listOf(row.acceptedKeys).map(acceptedKeyOf),
    enabled: listOf(row.enabled).map((text) => variantOf(String(text))),
    settings: settingsOf(row.settings),
    createdAt: instantOf(row.createdAt),
    cookiePlaces: listOf(row.cookiePlaces).map(placeOf),
    expiresAt: row.expiresAt === null ? null : instantOf(row.expiresAt),
  };
}

/** A number alone: of a new lab, or from before an end was kept with it. */
function acceptedKeyOf(stored: unknown): AcceptedKey {
  const { generation, until } = typeof stored === "number" ? { generation: stored, until: null } : Object(stored);
  if (Number.isSafeInteger(generation) && (until === null || isInstant(until))) return { generation, until };
  throw new Error(`The database holds something else where a key generation was stored: ${JSON.stringify(stored)}`);
}

function listOf(json: string): readonly unknown[] {
  const list: unknown = JSON.parse(json);
  if (!Array.isArray(list)) throw new Error(`The database holds something else where a list was stored: ${json}`);
  return list;
}

/** As settings are read: a value that no header can carry would make every logout of the lab fail. */
function placeOf(stored: unknown): CookiePlace {
  const { flow, choice } = Object(stored);
  return { flow: String(flow), choice: storedSettings({ cookies: choice }).cookies };
}

/** Written by this application alone, maybe by an earlier version. */
function settingsOf(json: string): LabSettings {
  return storedSettings(JSON.parse(json));
}
