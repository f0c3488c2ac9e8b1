import { type TokenStorage, traitsOf } from "@/lib/core/token-storage.ts";

/** The tokens of a page: an access token, and the refresh token if the page keeps it. */
export type Tokens = { readonly access: string; readonly refresh: string | null };

/** A place in the browser where a page keeps its tokens. Each read looks there again, without a cache. */
type TokenPlace = {
  read(): Tokens | null;
  write(tokens: Tokens): void;
  clear(): void;
};

/** A variable of this module. It is lost with the page, and no storage lists it. */
function inVariable(): TokenPlace {
  let held: Tokens | null = null;
  return {
    read: () => held,
    write(tokens) {
      held = tokens;
    },
    clear() {
      held = null;
    },
  };
}

const keys = { access: "loginscope access token", refresh: "loginscope refresh token" } as const;

/** A storage of the browser. Any script of this origin can read it by this name (NIST 5.1 storage). */
function inStorage(name: "localStorage" | "sessionStorage"): TokenPlace {
  // A browser that blocks site data throws here. The server has no storage.
  const open = () => {
    try {
      return globalThis.window?.[name];
    } catch {
      return undefined;
    }
  };
  return {
    read() {
      const area = open();
      const access = area?.getItem(keys.access) ?? null;
      return access === null ? null : { access, refresh: area?.getItem(keys.refresh) ?? null };
    },
    write({ access, refresh }) {
      open()?.setItem(keys.access, access);
      if (refresh === null) open()?.removeItem(keys.refresh);
      else open()?.setItem(keys.refresh, refresh);
    },
    clear() {
      for (const key of Object.values(keys)) open()?.removeItem(key);
    },
  };
}

/** The server sets and deletes the cookie, so the page stores no token. */
const inJar: TokenPlace = { read: () => null, write() {}, clear() {} };

export const tokenPlaces: Readonly<Record<TokenStorage, TokenPlace>> = {
  memory: inVariable(),
  "session-storage": inStorage("sessionStorage"),
  "local-storage": inStorage("localStorage"),
  "script-cookie": inJar,
  "http-only-cookie": inJar,
};

/** The place that has a token when the page starts, else the page's memory. */
export function filledPlace(): TokenStorage {
  const storages = ["local-storage", "session-storage"] as const;
  return storages.find((storage) => tokenPlaces[storage].read() !== null) ?? "memory";
}

/** Whether every tab of this browser sees this place. */
export function isShared(storage: TokenStorage): boolean {
  return traitsOf(storage).survives.closedTab;
}
