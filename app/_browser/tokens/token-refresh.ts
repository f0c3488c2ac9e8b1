import { type Answer, ask } from "../api.ts";
import { accessToken, askOtherTabs, forgetTokens, keepTokens, refreshToken, type TokenAnswer } from "./access-token.ts";

/** `shared`: another tab had a newer access token, so no request was sent. */
export type Refreshed = { readonly ok: true; readonly shared: boolean } | Exclude<Answer<TokenAnswer>, { ok: true }>;

const path = "/api/memory-jwt/refresh";
let underWay: Promise<Refreshed> | null = null;

/**
 * Exchanges the refresh token, from the cookie jar or the page's own storage, for a new access token. Many tabs cause
 * one exchange: a tab that waited for the lock takes the token that the tab before it got.
 */
export function refreshAccessToken({ anyway = false } = {}): Promise<Refreshed> {
  underWay ??= exclusively(() => refresh(anyway)).finally(() => {
    underWay = null;
  });
  return underWay;
}

async function exclusively(work: (before: string | null) => Promise<Refreshed>): Promise<Refreshed> {
  const before = accessToken();
  // Web Locks exist only in secure contexts. Without them, the server's grace for retries has to be enough.
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
