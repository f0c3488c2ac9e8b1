import { type Answer, ask } from "../api.ts";
import { accessToken, askOtherTabs, forgetTokens, keepTokens, refreshToken, type TokenAnswer } from "./access-token.ts";

/** `shared`: another tab had a newer access token already, and nothing was asked. */
export type Refreshed = { readonly ok: true; readonly shared: boolean } | Exclude<Answer<TokenAnswer>, { ok: true }>;

const path = "/api/memory-jwt/refresh";
let underWay: Promise<Refreshed> | null = null;

/**
 * Exchanges the refresh token, from the cookie jar or the page's own storage, for a new access token: once, however many tabs
 * want it. Whoever waits for the lock finds what the one before was given.
 */
export function refreshAccessToken({ anyway = false } = {}): Promise<Refreshed> {
  underWay ??= exclusively(() => refresh(anyway)).finally(() => {
    underWay = null;
  });
  return underWay;
}

async function exclusively(work: (before: string | null) => Promise<Refreshed>): Promise<Refreshed> {
  const before = accessToken();
  // Web Locks exist only in secure contexts; without them the server's grace for honest retries has to do.
  if (!navigator.locks) return work(before);
  return navigator.locks.request("loginscope refresh", () => renewedMeanwhile(before) ?? work(before));
}

function renewedMeanwhile(before: string | null): Refreshed | null {
  const now = accessToken();
  return now !== null && now !== before ? { ok: true, shared: true } : null;
}

async function refresh(anyway: boolean): Promise<Refreshed> {
  if (!anyway && accessToken() === null && (await askOtherTabs())) return { ok: true, shared: true };
  const own = refreshToken();
  const answer = await ask<TokenAnswer>(path, {
    method: "POST",
    ...(own !== null && { body: { refresh_token: own } }),
  });
  if (answer.ok) {
    keepTokens(answer.body);
    return { ok: true, shared: false };
  }
  if (answer.status === 401) forgetTokens();
  return answer;
}
