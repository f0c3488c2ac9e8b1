"use client";

import { useEffect, useRef, useState } from "react";
import type { LabView } from "@/lib/lab/lab-view.ts";
import type { Lab } from "../lab-provider.tsx";
import { changedWhileAway } from "./back-news.ts";

/** What changed while the server did not answer, once it does, until a login changes; `null`: there is nothing to tell. */
export function useBackNews({
  view,
  problem,
  flows,
}: Pick<Lab, "view" | "problem" | "flows">): readonly string[] | null {
  const before = useRef<LabView | null>(null);
  const [told, setTold] = useState<{ readonly held: LabView["held"]; readonly changed: readonly string[] } | null>(
    null,
  );
  useEffect(() => {
    if (!view) return;
    if (problem) {
      before.current ??= view;
      return;
    }
    const changed = before.current && changedWhileAway(flows, before.current, view);
    if (changed) setTold({ held: view.held, changed });
    before.current = null;
  }, [view, problem, flows]);
  return told && !problem && told.held === view?.held ? told.changed : null;
}
