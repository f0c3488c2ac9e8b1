"use client";

import { useEffect, useEffectEvent } from "react";

/**
 * Hides a page that the browser puts into the back/forward cache. When the page comes back, it shows its content only
 * after it has read the lab again, because the login may have ended.
 */
export function useBfcacheGuard(reread: () => Promise<unknown>): void {
  const ask = useEffectEvent(reread);
  useEffect(() => {
    const root = document.documentElement;
    const lift = () => root.removeAttribute("data-rereading");
    const leave = (event: PageTransitionEvent) => {
      if (event.persisted) root.setAttribute("data-rereading", "");
    };
    const comeBack = (event: PageTransitionEvent) => {
      if (event.persisted) ask().then(lift, lift);
    };
    addEventListener("pagehide", leave);
    addEventListener("pageshow", comeBack);
    return () => {
      removeEventListener("pagehide", leave);
      removeEventListener("pageshow", comeBack);
    };
  }, []);
}
