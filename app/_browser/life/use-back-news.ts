"use client";

import { useEffect, useRef, useState } from "react";
import type { LabView } from "@/lib/lab/lab-view.ts";
import type { Lab } from "../lab-provider.tsx";

/** The lab before the server fell silent, and once it answers again. */
export type BackNews = { readonly before: LabView; readonly now: LabView };

/** Until a login changes; `null`: the server was not away, or is. */
export function useBackNews({ view, problem }: Pick<Lab, "view" | "problem">): BackNews | null {
  const before = useRef<LabView | null>(null);
  const [told, setTold] = useState<BackNews | null>(null);
  useEffect(() => {
    if (problem) before.current ??= view;
    else if (view && before.current) {
      setTold({ before: before.current, now: view });
      before.current = null;
    }
  }, [view, problem]);
  return told && !problem && told.now.held === view?.held ? told : null;
}
