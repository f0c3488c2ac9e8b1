"use client";

import { useRef, useState } from "react";
import type { VariantId } from "@/lib/core/ids.ts";
import type { ForgeryPlay } from "@/lib/features/attacks/forgery/model.ts";
import { ask, type Problem } from "../../../_browser/api.ts";

/** Plays the forgeries of one variant at a time, on the server. */
export function useForgeryPlay() {
  const [play, setPlay] = useState<ForgeryPlay | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isPlaying, setPlaying] = useState(false);
  /** The number of the last request. The page shows only its answer. */
  const asked = useRef(0);

  const start = async (variant: VariantId) => {
    asked.current += 1;
    const number = asked.current;
    setPlaying(true);
    setProblem(null);
    const answer = await ask<ForgeryPlay>("/api/lab/forgery", { method: "POST", body: { variant } });
    setPlaying(false);
    if (asked.current !== number) return;
    if (answer.ok) setPlay(answer.body);
    else setProblem(answer);
  };

  return {
    play,
    problem,
    isPlaying,
    start: (variant: VariantId) => void start(variant),
    /** Another variant was chosen, so what was played is not about it. The server still plays until it has answered. */
    forget() {
      asked.current += 1;
      setPlay(null);
      setProblem(null);
    },
  };
}
