import { type TokenStorage, traitsOf } from "@/lib/core/token-storage.ts";

/** What a page was handed: an access token, and the refresh token where that is its to keep as well. */
export type Tokens = { readonly access: string; readonly refresh: string | null };

/** A place in the browser where a page keeps its tokens. It holds what it holds: each reading looks. */
type TokenPlace = {
  read(): Tokens | null;
  write(tokens: Tokens): void;
  clear(): void;
};

/** One variable of this module, gone with the page. No storage lists it. */
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

/** A storage of the browser, which any script of this origin reads by that name (NIST 5.1 storage). */
function inStorage(name: "localStorage" | "sessionStorage"): TokenPlace {
  // A browser that is told to keep nothing throws at the mention of it; on the server there is none.
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

/** A cookie is set and deleted by the server: the page has nothing to keep. */
const inJar: TokenPlace = { read: () => null, write() {}, clear() {} };

export const tokenPlaces: Readonly<Record<TokenStorage, TokenPlace>> = {
  memory: inVariable(),
  "session-storage": inStorage("sessionStorage"),
  "local-storage": inStorage("localStorage"),
  "script-cookie": inJar,
  "http-only-cookie": inJar,
};

/** The place that has something, as a page finds it when it starts; else its own memory. */
export function filledPlace(): TokenStorage {
  const storages = ["local-storage", "session-storage"] as const;
  return storages.find((storage) => tokenPlaces[storage].read() !== null) ?? "memory";
}

/** Every tab of this browser sees what stands there. */
export function isShared(storage: TokenStorage): boolean {
  return traitsOf(storage).survives.closedTab;
}
