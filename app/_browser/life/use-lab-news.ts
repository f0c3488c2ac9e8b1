"use client";

import { useEffect, useRef, useState } from "react";
import type { LabView } from "@/lib/lab/lab-view.ts";
import { judgeLab, type KnownLab, type LabNews } from "./lab-news.ts";

const key = "loginscope lab";

/**
 * Is this lab another one than the one that this browser knew under the same cookie? The server cannot tell: it lost
 * what it knew. So the browser remembers when the lab was made in which a login was accepted.
 */
export function useLabNews(view: LabView | null): LabNews | null {
  const [news, setNews] = useState<LabNews | null>(null);
  const known = useRef<KnownLab | null>(null);
  useEffect(() => {
    if (!view) return;
    const judged = judgeLab(known.current ?? remembered(), view);
    known.current = judged.known;
    remember(judged.known);
    setNews(judged.news);
  }, [view]);
  return news;
}

function remembered(): KnownLab | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? "null");
    return isKnownLab(kept) ? kept : null;
  } catch {
    // The browser keeps nothing for this site, or something else stands there.
    return null;
  }
}

function remember(known: KnownLab): void {
  try {
    localStorage.setItem(key, JSON.stringify(known));
  } catch {
    // Without it the news is told for as long as the page is open.
  }
}

/** Anything of this origin can write there. */
function isKnownLab(value: unknown): value is KnownLab {
  const { id, seen, logins } = Object(value);
  return typeof id === "string" && isLife(seen) && Object.values(Object(logins)).every(isLife);
}

function isLife(value: unknown): boolean {
  const { madeAt, expiresAt } = Object(value);
  return typeof madeAt === "string" && (expiresAt === null || typeof expiresAt === "string");
}
