"use client";

import dynamic from "next/dynamic";
import { useEffect, useState } from "react";

const Parts = dynamic(() => import("./parts.tsx").then((part) => part.Parts), { ssr: false });

const events = ["pointerover", "focusin", "click", "keydown"] as const;

/**
 * Loads what most visits never use: the definitions of words, and the palette. It waits until a word is pointed at,
 * focused or tapped, or the palette is asked for. What is loaded then gets every such event of the meantime first.
 */
export function OnDemand() {
  const [isAsked, setAsked] = useState(false);
  const [isLoaded, setLoaded] = useState(false);
  const [heard] = useState<Event[]>(() => []);
  useEffect(() => {
    if (isLoaded) return;
    const listening = new AbortController();
    const hear = (event: Event) => {
      if (!isFor(event)) return;
      heard.push(event);
      setAsked(true);
    };
    for (const name of events) document.addEventListener(name, hear, { capture: true, signal: listening.signal });
    return () => listening.abort();
  }, [isLoaded, heard]);
  return isAsked && <Parts heard={heard} onLoad={setLoaded} />;
}

function isFor(event: Event): boolean {
  if (!(event.target instanceof Element)) return false;
  if (!(event instanceof KeyboardEvent)) return event.target.closest("[data-word], [data-palette]") !== null;
  const isFind = event.key === "k" && (event.ctrlKey || event.metaKey);
  // Browsers have a meaning of their own for these keys, and fields have too.
  if (isFind && !event.target.matches("input, textarea, select")) event.preventDefault();
  return isFind || event.key === "?";
}
