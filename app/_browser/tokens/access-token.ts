import type { VariantId } from "@/lib/core/ids.ts";
import { instantOfNumericDate } from "@/lib/core/time.ts";
import type { TokenStorage } from "@/lib/core/token-storage.ts";
import { filledPlace, isShared, type Tokens, tokenPlaces } from "./token-places.ts";
import type { TokenLife } from "./token-renewal.ts";

/**
 * The tokens that this page holds. The variant of the live login decides the place, and each token is in one place
 * only. Tabs of one browser share a token that is kept in a page's memory.
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
  // A place that all tabs share already has this token or a newer one.
  if (message.type === "tokens") put(message.storage, isShared(message.storage) ? null : message.tokens);
  else if (message.type === "forget") empty();
  else if (held !== null) tell({ type: "tokens", storage: place(), tokens: held });
});

// Another tab wrote into the shared storage.
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

/** `null`: only switches to the place and writes no token. */
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

/** The refresh token, if the variant leaves it to the page. Otherwise it is in a cookie and this is empty. */
export function refreshToken(): string | null {
  return heldTokens()?.refresh ?? null;
}

/** The place of the token by variant, as the server reports it. */
export function learnStorages(
  variants: readonly { readonly id: VariantId; readonly settings: { readonly storage: TokenStorage | null } }[],
): void {
  storages = Object.fromEntries(variants.map(({ id, settings }) => [id, settings.storage]));
}

/** An answer with tokens for the client, with the names of RFC 6749 §5.1. */
export type TokenAnswer = {
  readonly variant: VariantId;
  readonly access_token?: string;
  readonly refresh_token?: string;
};

/** Stores newly issued tokens in the place of their variant, here and in the other tabs, and removes the old ones. */
export function keepTokens({ variant, access_token: access, refresh_token: refresh }: TokenAnswer): void {
  // Without a token in the answer, a cookie holds it.
  if (access === undefined) {
    forgetTokens();
    return;
  }
  const where = storages[variant] ?? "memory";
  const tokens = { access, refresh: refresh ?? null };
  put(where, tokens);
  tell({ type: "tokens", storage: where, tokens });
}

/** Deletes the tokens here and in the other tabs. */
export function forgetTokens(): void {
  empty();
  tell({ type: "forget" });
}

export function onAccessToken(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Asks the other tabs for a token and takes it over. Answers whether one was there. */
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

/** The lifetime that a token states. It is read without verification, only to know when to renew. */
export function statedLife(token: string): TokenLife | null {
  try {
    const payload = token.split(".")[1] ?? "";
    const json: unknown = JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/")));
    if (typeof json !== "object" || json === null || !("iat" in json && "exp" in json)) return null;
    const [from, to] = [instantOfNumericDate(json.iat), instantOfNumericDate(json.exp)];
    return from !== null && to !== null ? { from, to } : null;
  } catch {
    return null;
  }
}
