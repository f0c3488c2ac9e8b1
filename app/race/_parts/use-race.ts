"use client";

import { useEffect, useRef, useState } from "react";
import type { RaceWanted } from "@/lib/features/race/model.ts";
import type { Problem } from "../../_browser/api.ts";
import { afterNews, type RaceState } from "./race-state.ts";
import { followRace } from "./race-stream.ts";

export type Racing = {
  /** The race up to its last received line. `null`: none was started yet. */
  readonly race: RaceState | null;
  readonly isRunning: boolean;
  readonly problem: Problem | null;
  readonly start: (wanted: RaceWanted) => void;
  /** Stops the race and keeps the results so far. */
  readonly stop: () => void;
};

/** Runs one race at a time. Leaving the page stops it. */
export function useRace(): Racing {
  const [race, setRace] = useState<RaceState | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [isRunning, setRunning] = useState(false);
  const stopping = useRef<AbortController | null>(null);
  useEffect(() => () => stopping.current?.abort(), []);

  const start = async (wanted: RaceWanted) => {
    const stop = new AbortController();
    stopping.current = stop;
    setRunning(true);
    setProblem(null);
    setRace(null);
    const wrong = await followRace(wanted, (news) => setRace((before) => afterNews(before, news)), stop.signal);
    if (stopping.current !== stop) return;
    setProblem(wrong);
    setRunning(false);
  };
  return {
    race,
    isRunning,
    problem,
    start: (wanted) => void start(wanted),
    stop: () => stopping.current?.abort(),
  };
}
