"use client";

import { useEffect, useEffectEvent, useRef, useState, useSyncExternalStore } from "react";
import type { LabClock } from "../lab-clock.ts";
import { accessToken, onAccessToken, statedLife } from "./access-token.ts";
import { refreshAccessToken } from "./token-refresh.ts";
import { isRenewalDue, type LastRenewal, type TokenLife } from "./token-renewal.ts";

type Renewal = {
  /** There is a live refresh token in this browser, as far as the server knows. */
  readonly refreshable: boolean;
  /** How long the access token lives that is in a cookie; `null`: none there gets in. */
  readonly inCookie: TokenLife | null;
  readonly clock: LabClock;
  /** The page holds another token than before, or none, or one that the server has not seen yet. */
  readonly onChange: () => Promise<unknown>;
};

/**
 * Keeps this browser's access token alive: one silent refresh when a page starts and there is none, neither in a
 * place of the page's own nor in a cookie, and one shortly before its end while somebody looks. Answers whether
 * the page is still finding its first.
 */
export function useAccessToken({ refreshable, inCookie, clock, onChange }: Renewal): boolean {
  const token = useSyncExternalStore(onAccessToken, accessToken, () => null);
  const [renewing, setRenewing] = useState(refreshable && inCookie === null);
  const changed = useEffectEvent(onChange);

  const start = useEffectEvent(async () => {
    const found = accessToken() !== null;
    const missing = !found && refreshable && inCookie === null;
    if (missing) await refreshAccessToken();
    // The server drew this page without what only the page has.
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
