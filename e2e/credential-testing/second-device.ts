import type { Browser, BrowserContext, BrowserContextOptions } from "@playwright/test";
import { type Captured, watchBearers } from "./capture.ts";

export type DeviceOptions = Omit<BrowserContextOptions, "storageState"> & {
  /** Planted before the first page: cookies, localStorage, and sessionStorage in the first tab. */
  readonly holding?: Captured;
};

/**
 * Another browser with the given credentials only. A token of a page's memory cannot be planted. Use `replay` for it.
 */
export async function openDevice(browser: Browser, { holding, ...options }: DeviceOptions): Promise<BrowserContext> {
  const origins = (holding?.storages ?? []).map(({ origin, local }) => ({
    origin,
    localStorage: Object.entries(local).map(([name, value]) => ({ name, value })),
  }));
  const cookies = [...(holding?.cookies ?? [])];
  const device = await browser.newContext({ ...options, storageState: { cookies, origins } });
  watchBearers(device);
  const sessions = (holding?.storages ?? []).filter(({ session }) => Object.keys(session).length > 0);
  if (sessions.length > 0) await device.addInitScript(plantSession, sessions);
  return device;
}

/** Runs in each new document, and plants once for each tab, so that entries removed by the application stay removed. */
function plantSession(storages: Captured["storages"]): void {
  const mark = "planted by credential-testing";
  const own = storages.find(({ origin }) => origin === location.origin);
  if (!own || sessionStorage.getItem(mark) !== null) return;
  sessionStorage.setItem(mark, "yes");
  for (const [name, value] of Object.entries(own.session)) sessionStorage.setItem(name, value);
}
