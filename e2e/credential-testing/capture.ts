import type { BrowserContext, Cookie, Page } from "@playwright/test";

export type Entries = Readonly<Record<string, string>>;

/** All credentials of an application in a browser that could be copied. It is immutable: a change makes a new one. */
export type Captured = {
  /** All cookies with their attributes, including HttpOnly ones. */
  readonly cookies: readonly Cookie[];
  readonly storages: readonly { readonly origin: string; readonly local: Entries; readonly session: Entries }[];
  /** The seen tokens of `Authorization: Bearer`, the newest last. */
  readonly bearers: readonly string[];
};

const seenOnTheWire = new WeakMap<BrowserContext, Set<string>>();

/** Records every `Authorization: Bearer` that a page of this context sends from now on. */
export function watchBearers(context: BrowserContext): void {
  if (seenOnTheWire.has(context)) return;
  const seen = new Set<string>();
  seenOnTheWire.set(context, seen);
  context.on("request", (request) => {
    const token = /^Bearer +(\S+)$/i.exec(request.headers()["authorization"] ?? "")?.[1];
    if (token === undefined) return;
    // A token that is sent again becomes the newest.
    seen.delete(token);
    seen.add(token);
  });
}

/**
 * Copies the credentials of a context. Tokens in a page's memory cannot be read from outside. They are known after a
 * page has sent one, or when they are `given`, for example from the body of a login's answer.
 */
export async function capture(context: BrowserContext, given: readonly string[] = []): Promise<Captured> {
  const storages = new Map<string, Captured["storages"][number]>();
  for (const page of context.pages()) {
    const storage = await storagesOf(page);
    if (!storage) continue;
    const before = storages.get(storage.origin);
    // Tabs share localStorage. Each tab has its own sessionStorage.
    storages.set(storage.origin, { ...storage, session: { ...before?.session, ...storage.session } });
  }
  const bearers = [...(seenOnTheWire.get(context) ?? []), ...given];
  return { cookies: await context.cookies(), storages: [...storages.values()], bearers };
}

/** A part of a capture: only these cookies, with or without the tokens. For example the part that was stolen. */
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
