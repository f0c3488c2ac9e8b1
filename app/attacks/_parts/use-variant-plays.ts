"use client";

import { useState } from "react";
import type { VariantId } from "@/lib/core/ids.ts";
import { ask, type Problem } from "../../_browser/api.ts";

/** Plays variants at an address, one after the other, on the server. Each is shown when it was played. */
export function useVariantPlays<Play>(address: string) {
  const [plays, setPlays] = useState<ReadonlyMap<VariantId, Play>>(new Map());
  const [problem, setProblem] = useState<Problem | null>(null);
  const [playing, setPlaying] = useState<readonly VariantId[]>([]);

  const start = async (variants: readonly VariantId[]) => {
    setPlaying(variants);
    setProblem(null);
    for (const variant of variants) {
      const answer = await ask<Play>(address, { method: "POST", body: { variant } });
      if (!answer.ok) {
        setProblem(answer);
        break;
      }
      setPlays((before) => new Map(before).set(variant, answer.body));
    }
    setPlaying([]);
  };

  return { plays, problem, playing, start: (variants: readonly VariantId[]) => void start(variants) };
}
