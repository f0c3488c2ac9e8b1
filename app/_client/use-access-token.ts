"use client";

import { useEffect, useEffectEvent, useState, useSyncExternalStore } from "react";
import { accessToken, onAccessToken, statedEnd } from "./access-token.ts";
import type { LabClock } from "./lab-clock.ts";
import { refreshAccessToken } from "./token-refresh.ts";

/** Shortly before its end, an access token is exchanged for the next one. */
const renewBefore = 30_000;

type Renewal = {
  /** There is a live refresh token in this browser, as far as the server knows. */
  readonly refreshable: boolean;
  /** When the access token that is in a cookie ends, on the lab's clock; `null`: none there gets in. */
  readonly cookieEndsAt: number | null;
  readonly clock: LabClock;
  /** The page holds another token than before, or none, or one that the server has not seen yet. */
  readonly onChange: () => Promise<unknown>;
};

/**
 * Keeps this browser's access token alive: one silent refresh when a page starts and there is none, neither in a
 * place of the page's own nor in a cookie, and one shortly before its end while somebody looks. Answers whether
 * the page is still finding its first.
 */
export function useAccessToken({ refreshable, cookieEndsAt, clock, onChange }: Renewal): boolean {
  const token = useSyncExternalStore(onAccessToken, accessToken, () => null);
  const [renewing, setRenewing] = useState(refreshable && cookieEndsAt === null);
  const changed = useEffectEvent(onChange);

  const start = useEffectEvent(async () => {
    const found = accessToken() !== null;
    const missing = !found && refreshable && cookieEndsAt === null;
    if (missing) await refreshAccessToken();
    // The server drew this page without what only the page has.
    if (found || missing) await onChange();
    setRenewing(false);
  });
  useEffect(() => {
    void start();
    return onAccessToken(() => void changed());
  }, []);

  const renewSoon = useEffectEvent(() => {
    const end = token === null ? cookieEndsAt : statedEnd(token);
    const left = end === null ? 0 : end - clock.now();
    // One that has ended already (somebody moved the clock) stays ended until it is used: that is worth seeing.
    if (left > 0 && left < renewBefore && refreshable && document.visibilityState === "visible")
      void refreshAccessToken();
  });
  useEffect(() => clock.subscribe(() => renewSoon()), [clock]);

  return renewing;
}
