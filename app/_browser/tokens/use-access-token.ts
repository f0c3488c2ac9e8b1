"use client";

import { useEffect, useEffectEvent, useRef, useState, useSyncExternalStore } from "react";
import type { LabClock } from "../lab-clock.ts";
import { accessToken, onAccessToken, statedLife } from "./access-token.ts";
import { refreshAccessToken } from "./token-refresh.ts";
import { isRenewalDue, type LastRenewal, type TokenLife } from "./token-renewal.ts";

type Renewal = {
  /** Whether this browser has a refresh token that the server knows as live. */
  readonly refreshable: boolean;
  /** The lifetime of the access token in a cookie. `null`: no cookie has an accepted one. */
  readonly inCookie: TokenLife | null;
  readonly clock: LabClock;
  /** Called when the page's token changed, was removed, or was not yet sent to the server. */
  readonly onChange: () => Promise<unknown>;
};

/**
 * Keeps this browser's access token alive. It refreshes once when a page starts without a token in its own place or
 * in a cookie, and once shortly before the token's end while the page is visible. Answers whether the page is still
 * fetching its first token.
 */
export function useAccessToken({ refreshable, inCookie, clock, onChange }: Renewal): boolean {
  const token = useSyncExternalStore(onAccessToken, accessToken, () => null);
  const [renewing, setRenewing] = useState(refreshable && inCookie === null);
  const changed = useEffectEvent(onChange);

  const start = useEffectEvent(async () => {
    const found = accessToken() !== null;
    const missing = !found && refreshable && inCookie === null;
    if (missing) await refreshAccessToken();
    // The server rendered this page without the token that only the page has.
    if (found || missing) await onChange();
    setRenewing(false);
  });
  useEffect(() => {
    void start();
    return onAccessToken(() => void changed());
  }, []);

  const last = useRef<LastRenewal | null>(null);
  const renewSoon = useEffectEvent(async () => {
    const life = token === null ? inCookie : statedLife(token);
    const now = clock.now();
    if (!life || !refreshable || document.visibilityState !== "visible") return;
    if (!isRenewalDue(life, now, last.current)) return;
    const asked = { to: life.to, left: life.to - now };
    last.current = { ...asked, failed: false };
    const { ok } = await refreshAccessToken();
    if (!ok) last.current = { ...asked, failed: true };
  });
  useEffect(() => clock.subscribe(() => void renewSoon()), [clock]);

  return renewing;
}
