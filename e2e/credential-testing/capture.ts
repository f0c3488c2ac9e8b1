import type { BrowserContext, Cookie, Page } from "@playwright/test";

export type Entries = Readonly<Record<string, string>>;

/** All that a browser holds of an application and that could be copied. A value: changing one makes another. */
export type Captured = {
  /** With their attributes, HttpOnly ones included. */
  readonly cookies: readonly Cookie[];
  readonly storages: readonly { readonly origin: string; readonly local: Entries; readonly session: Entries }[];
  /** Tokens of `Authorization: Bearer`, as they were seen; the newest last. */
  readonly bearers: readonly string[];
};

const seenOnTheWire = new WeakMap<BrowserContext, Set<string>>();

/** From now on every `Authorization: Bearer` that a page of this context sends is remembered. */
export function watchBearers(context: BrowserContext): void {
  if (seenOnTheWire.has(context)) return;
  const seen = new Set<string>();
  seenOnTheWire.set(context, seen);
  context.on("request", (request) => {
    const token = /^Bearer +(\S+)$/i.exec(request.headers()["authorization"] ?? "")?.[1];
    if (token === undefined) return;
    // Once more is the newest again.
    seen.delete(token);
    seen.add(token);
  });
}

/**
 * Copies what a context holds now. Tokens in a page's memory cannot be read from outside: they are known once a page
 * sent one, or when they are `given`, such as from the body of a login's answer.
 */
export async function capture(context: BrowserContext, given: readonly string[] = []): Promise<Captured> {
  const storages = new Map<string, Captured["storages"][number]>();
  for (const page of context.pages()) {
    const storage = await storagesOf(page);
    if (!storage) continue;
    const before = storages.get(storage.origin);
    // Tabs share what is local; each has what is of the session for itself.
    storages.set(storage.origin, { ...storage, session: { ...before?.session, ...storage.session } });
  }
  const bearers = [...(seenOnTheWire.get(context) ?? []), ...given];
  return { cookies: await context.cookies(), storages: [...storages.values()], bearers };
}

/** A part of it: these cookies and no other, with the tokens or without. Of a copy of everything, what was stolen. */
export function only(
  captured: Captured,
  { cookies = [], bearer = false }: { readonly cookies?: readonly string[]; readonly bearer?: boolean },
): Captured {
  const missing = cookies.filter((name) => !captured.cookies.some((cookie) => cookie.name === name));
  if (missing.length > 0) throw new Error(`Not among what was captured: ${missing.join(", ")}.`);
  return {
    cookies: captured.cookies.filter(({ name }) => cookies.includes(name)),
    storages: [],
    bearers: bearer ? captured.bearers : [],
  };
}

/** `null` on a page that has none, such as a blank one. */
async function storagesOf(page: Page): Promise<Captured["storages"][number] | null> {
  if (!/^https?:/.test(page.url())) return null;
  return page.evaluate(() => ({
    origin: location.origin,
    local: { ...localStorage },
    session: { ...sessionStorage },
  }));
}
