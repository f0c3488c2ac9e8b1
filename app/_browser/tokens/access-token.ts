import type { VariantId } from "@/lib/core/ids.ts";
import type { TokenStorage } from "@/lib/core/token-storage.ts";
import { filledPlace, isShared, type Tokens, tokenPlaces } from "./token-places.ts";
import type { TokenLife } from "./token-renewal.ts";

/**
 * The tokens that this page holds. Where they are is what the variant of the live login says; each is in one
 * place and in no other. The tabs of one browser tell each other about a token that only a page has.
 */
let storage: TokenStorage | null = null;
let storages: Readonly<Record<VariantId, TokenStorage | null>> = {};

const listeners = new Set<() => void>();

type Message =
  | { readonly type: "tokens"; readonly storage: TokenStorage; readonly tokens: Tokens }
  | { readonly type: "forget" | "ask" };

const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("loginscope access token");

channel?.addEventListener("message", (event: MessageEvent<Message>) => {
  const message = event.data;
  const held = heldTokens();
  // What stands in a place that all tabs share is there already, or something newer is.
  if (message.type === "tokens") put(message.storage, isShared(message.storage) ? null : message.tokens);
  else if (message.type === "forget") empty();
  else if (held !== null) tell({ type: "tokens", storage: place(), tokens: held });
});

// Another tab wrote into the storage that all of them share.
if (typeof window !== "undefined") window.addEventListener("storage", () => notify());

function tell(message: Message): void {
  channel?.postMessage(message);
}

function notify(): void {
  for (const listener of listeners) listener();
}

function place(): TokenStorage {
  storage ??= filledPlace();
  return storage;
}

function heldTokens(): Tokens | null {
  return tokenPlaces[place()].read();
}

/** `null`: from now on the token is looked for there, and is not written. */
function put(where: TokenStorage, tokens: Tokens | null): void {
  for (const [name, other] of Object.entries(tokenPlaces)) if (name !== where) other.clear();
  storage = where;
  if (tokens) tokenPlaces[where].write(tokens);
  notify();
}

function empty(): void {
  const held = heldTokens();
  for (const each of Object.values(tokenPlaces)) each.clear();
  if (held !== null) notify();
}

export function accessToken(): string | null {
  return heldTokens()?.access ?? null;
}

/** Where the variant leaves the refresh token to the page; elsewhere it is in a cookie, and here is none. */
export function refreshToken(): string | null {
  return heldTokens()?.refresh ?? null;
}

/** Where each variant has its token, as the server says it. */
export function learnStorages(
  variants: readonly { readonly id: VariantId; readonly settings: { readonly storage: TokenStorage | null } }[],
): void {
  storages = Object.fromEntries(variants.map(({ id, settings }) => [id, settings.storage]));
}

/** An answer with what a client is to hold, in the names of RFC 6749 §5.1. */
export type TokenAnswer = {
  readonly variant: VariantId;
  readonly access_token?: string;
  readonly refresh_token?: string;
};

/** Keeps what was just issued where its variant says, here and in the other tabs; what was held before goes. */
export function keepTokens({ variant, access_token: access, refresh_token: refresh }: TokenAnswer): void {
  // The answer brought none: the token is in a cookie.
  if (access === undefined) {
    forgetTokens();
    return;
  }
  const where = storages[variant] ?? "memory";
  const tokens = { access, refresh: refresh ?? null };
  put(where, tokens);
  tell({ type: "tokens", storage: where, tokens });
}

/** Forgets them, here and in the other tabs. */
export function forgetTokens(): void {
  empty();
  tell({ type: "forget" });
}

export function onAccessToken(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether another tab has one to share; it is taken over then. */
export function askOtherTabs(milliseconds = 80): Promise<boolean> {
  if (!channel || accessToken() !== null) return Promise.resolve(accessToken() !== null);
  return new Promise((resolve) => {
    const stop = onAccessToken(() => done(true));
    const late = setTimeout(() => done(false), milliseconds);
    function done(found: boolean) {
      clearTimeout(late);
      stop();
      resolve(found);
    }
    tell({ type: "ask" });
  });
}

/** From when to when a token says that it lives. Read, not verified: only to know when to ask anew. */
export function statedLife(token: string): TokenLife | null {
  try {
    const payload = token.split(".")[1] ?? "";
    const json: unknown = JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/")));
    if (typeof json !== "object" || json === null || !("iat" in json && "exp" in json)) return null;
    const { iat, exp } = json;
    return typeof iat === "number" && typeof exp === "number" ? { from: iat * 1000, to: exp * 1000 } : null;
  } catch {
    return null;
  }
}
