"use client";

import { useEffect, useRef, useState } from "react";
import type { BenchTally } from "@/lib/features/refresh-bench/model.ts";
import { countOnBench } from "./bench-calls.ts";
import { type BenchCounts, runChoices } from "./bench-table.tsx";

type Wanted = {
  readonly strategies: readonly string[];
  readonly schedules: readonly string[];
  readonly singleFlight: boolean;
};

const keyOf = ({ strategy, schedule, singleFlight }: Pick<BenchTally, "strategy" | "schedule" | "singleFlight">) =>
  `${strategy} ${schedule} ${singleFlight}`;

/** The first seed of every count, so that every count gives the same result. */
const firstSeed = 1;

/** Counts over many runs. They can be stopped and keep their results so far. */
export function useBenchCounts({ strategies, schedules, singleFlight }: Wanted): BenchCounts {
  const [tallies, setTallies] = useState<Readonly<Record<string, BenchTally>>>({});
  const [runs, setRuns] = useState<number>(runChoices[0]);
  const [running, setRunning] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const under = useRef<AbortController | null>(null);
  useEffect(() => () => under.current?.abort(), []);

  async function start(): Promise<void> {
    const abort = new AbortController();
    under.current = abort;
    setRunning(true);
    setProblem(null);
    const tell = (tally: BenchTally) => setTallies((before) => ({ ...before, [keyOf(tally)]: tally }));
    const counting = { strategies, schedules, singleFlight, from: firstSeed, runs };
    const failed = await countOnBench(counting, tell, abort.signal);
    setProblem(failed?.detail ?? null);
    setRunning(false);
  }

  return {
    tallyOf: (strategy, schedule) => tallies[keyOf({ strategy, schedule, singleFlight })],
    running,
    runs,
    problem,
    start: () => void start(),
    stop: () => under.current?.abort(),
    chooseRuns: setRuns,
  };
}
