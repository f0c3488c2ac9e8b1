"use client";

import { Suspense, useEffect, useState } from "react";
import { isPaletteKey } from "../_palette/palette-key.ts";
import { onUse } from "../_ui/on-use.ts";

const Parts = onUse(() => import("./parts.tsx").then((part) => part.Parts));

const events = ["pointerover", "focusin", "click", "keydown"] as const;

/**
 * Loads what most visits never use: the definitions of words, and the palette. It waits until a word is pointed at,
 * focused or tapped, or the palette is asked for. What is loaded then gets the events that came in meanwhile.
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
  return (
    isAsked && (
      <Suspense>
        <Parts heard={heard} onLoad={setLoaded} />
      </Suspense>
    )
  );
}

function isFor(event: Event): boolean {
  if (!(event.target instanceof Element)) return false;
  if (!(event instanceof KeyboardEvent)) return event.target.closest("[data-word], [data-palette]") !== null;
  if (!isPaletteKey(event)) return false;
  // Browsers have a meaning of their own for Ctrl K.
  event.preventDefault();
  return true;
}
