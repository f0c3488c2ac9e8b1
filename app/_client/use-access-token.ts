"use client";

import { useEffect, useEffectEvent, useState, useSyncExternalStore } from "react";
import { accessToken, onAccessToken, statedEnd } from "./access-token.ts";
import type { LabClock } from "./lab-clock.ts";
import { refreshAccessToken } from "./token-refresh.ts";

/** Shortly before its end, an access token is exchanged for the next one. */
const renewBefore = 30_000;

type Renewal = {
  /** There is a live refresh token in the cookie jar, as far as the server knows. */
  readonly refreshable: boolean;
  readonly clock: LabClock;
  /** The page holds another token than before, or none. */
  readonly onChange: () => void;
};

/**
 * Keeps this page's access token alive: one silent refresh when a page starts without one, and one shortly
 * before its end while somebody looks. Answers whether the first is under way.
 */
export function useAccessToken({ refreshable, clock, onChange }: Renewal): boolean {
  const token = useSyncExternalStore(onAccessToken, accessToken, () => null);
  const [renewing, setRenewing] = useState(refreshable);
  const changed = useEffectEvent(onChange);

  const start = useEffectEvent(async () => {
    if (refreshable && accessToken() === null) await refreshAccessToken();
    setRenewing(false);
  });
  useEffect(() => {
    void start();
    return onAccessToken(() => changed());
  }, []);

  const renewSoon = useEffectEvent(() => {
    const end = token === null ? null : statedEnd(token);
    const left = end === null ? 0 : end - clock.now();
    // One that has ended already (somebody moved the clock) stays ended until it is used: that is worth seeing.
    if (left > 0 && left < renewBefore && refreshable && document.visibilityState === "visible")
      void refreshAccessToken();
  });
  useEffect(() => clock.subscribe(() => renewSoon()), [clock]);

  return renewing;
}
