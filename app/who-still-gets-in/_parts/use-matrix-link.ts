import { startTransition, useCallback, useEffect, useRef, useState } from "react";
import { addressOf, type MatrixLink, readLink, type Scope } from "./matrix-link.ts";

export type Go = (change: Partial<MatrixLink>) => void;

/**
 * The choices in the address, and a function that changes them, which is stable. Another view is an entry of the
 * browser's history; other choices replace the entry.
 */
export function useMatrixLink(linked: MatrixLink, all: Scope): readonly [MatrixLink, Go] {
  const [link, setLink] = useState(linked);
  const current = useRef(linked);
  const writing = useRef<ReturnType<typeof setTimeout>>(undefined);
  const go = useCallback((change: Partial<MatrixLink>) => {
    const before = current.current;
    const next = { ...before, ...change };
    current.current = next;
    clearTimeout(writing.current);
    if (next.view !== before.view) {
      // Another table is drawn in pieces, so that the page goes on answering.
      startTransition(() => setLink(next));
      window.history.replaceState(null, "", addressOf(before));
      window.history.pushState(null, "", addressOf(next));
      return;
    }
    setLink(next);
    // A held arrow key selects many cells a second. Browsers refuse that many changes of the address.
    writing.current = setTimeout(() => window.history.replaceState(null, "", addressOf(next)), 200);
  }, []);
  useEffect(() => {
    const reread = () => {
      clearTimeout(writing.current);
      current.current = readLink(Object.fromEntries(new URLSearchParams(window.location.search)), all);
      setLink(current.current);
    };
    window.addEventListener("popstate", reread);
    return () => {
      window.removeEventListener("popstate", reread);
      clearTimeout(writing.current);
    };
  }, [all]);
  return [link, go];
}
