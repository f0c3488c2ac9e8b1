"use client";

import { useEffect, useEffectEvent } from "react";

/**
 * A page that is put aside for the back button hides what it shows, and shows it again only when it has
 * asked the server who gets in now.
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
