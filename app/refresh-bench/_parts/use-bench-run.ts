"use client";

import { useEffect, useRef, useState } from "react";
import type { BenchOrder, BenchRun } from "@/lib/features/refresh-bench/model.ts";
import { runOnBench } from "./bench-calls.ts";
import type { BenchPlayer } from "./bench-controls.tsx";
import { ownStepsOf } from "./bench-words.ts";

/** The time of a step during playback. */
const pace = 650;

export type BenchView = {
  readonly run: BenchRun;
  readonly order: BenchOrder;
  readonly problem: string | null;
  readonly player: BenchPlayer;
  readonly choose: (change: Partial<BenchOrder>) => void;
};

/** One run and the current step in it. Both are in the address, so that a link leads there. */
export function useBenchRun(first: BenchRun, firstPosition: number | null): BenchView {
  const [run, setRun] = useState(first);
  const [order, setOrder] = useState<BenchOrder>(orderOf(first));
  const [position, setPosition] = useState(firstPosition ?? ownStepsOf(first.steps));
  const [playing, setPlaying] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const newest = useRef(order);
  const last = run.steps.length;
  const usual = ownStepsOf(run.steps);

  useEffect(() => {
    if (!playing) return;
    const timer = setTimeout(() => {
      setPosition((before) => Math.min(last, before + 1));
      if (position + 1 >= last) setPlaying(false);
    }, pace);
    return () => clearTimeout(timer);
  }, [playing, position, last]);

  useEffect(() => {
    window.history.replaceState(null, "", `${window.location.pathname}${queryOf(order, position, usual)}`);
  }, [order, position, usual]);

  async function choose(change: Partial<BenchOrder>): Promise<void> {
    const wanted = { ...newest.current, ...change };
    newest.current = wanted;
    setOrder(wanted);
    setPlaying(false);
    const answer = await runOnBench(wanted);
    // Another run was chosen in the meantime, so this answer is dropped.
    if (newest.current !== wanted) return;
    setProblem(answer.ok ? null : answer.detail);
    if (!answer.ok) return;
    setRun(answer.body);
    setPosition(ownStepsOf(answer.body.steps));
  }

  const go = (next: number) => {
    setPlaying(false);
    setPosition(Math.max(0, Math.min(last, next)));
  };
  const toggle = () => {
    if (!playing && position === last) setPosition(0);
    setPlaying(!playing);
  };
  return { run, order, problem, player: { position, playing, go, toggle }, choose: (change) => void choose(change) };
}

function orderOf({ strategy, schedule, singleFlight, seed }: BenchRun): BenchOrder {
  return { strategy, schedule, singleFlight, seed };
}

/** A run opens at the end of its schedule by default, so the address leaves that step out. */
function queryOf({ strategy, schedule, singleFlight, seed }: BenchOrder, position: number, usual: number): string {
  const query = new URLSearchParams({ strategy, schedule, seed: String(seed) });
  if (singleFlight) query.set("single-flight", "on");
  if (position !== usual) query.set("step", String(position));
  return `?${query}`;
}
