"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import type { MatrixCell, MatrixNews, MatrixRun, MatrixView, MatrixWanted } from "@/lib/core/matrix.ts";
import { ask, type Problem, unreachable } from "./api.ts";
import { followLines } from "./json-lines.ts";

export type MatrixState = {
  readonly cells: ReadonlyMap<string, MatrixCell>;
  readonly run: MatrixRun | null;
  /** Another tab of this lab is having cells played. */
  readonly elsewhere: boolean;
};

const nothing: MatrixState = { cells: new Map(), run: null, elsewhere: false };
let state = nothing;
let lab: string | null = null;
let stop: AbortController | null = null;
const listeners = new Set<() => void>();

function set(next: Partial<MatrixState>): void {
  state = { ...state, ...next };
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function cellKey(variant: string, experiment: string): string {
  return `${variant} ${experiment}`;
}

/**
 * What this lab had played, as the server had it when the page was drawn and as it comes in since. It outlives a change of
 * page. A server draws for many labs, so there only what it was given counts.
 */
export function useMatrix(first: MatrixView | null, labId: string | null): MatrixState {
  const [drawn] = useState(() => stateOf(first));
  // A page that was drawn for a lab that is gone says nothing of the one that came after it.
  useEffect(() => adopt(first?.lab === labId ? first : null, labId), [first, labId]);
  return useSyncExternalStore(
    subscribe,
    () => (labId === lab ? state : drawn),
    () => drawn,
  );
}

/** What the server knows now is more than this tab heard of, unless it is hearing of it right now. */
function adopt(first: MatrixView | null, labId: string | null): void {
  if (labId === lab && (first === null || stop !== null)) return;
  const run = labId === lab ? state.run : null;
  lab = labId;
  set({ ...stateOf(first), run });
}

function stateOf(first: MatrixView | null): MatrixState {
  return first ? { cells: byKey(first.cells), run: null, elsewhere: first.running } : nothing;
}

function byKey(cells: readonly MatrixCell[]): ReadonlyMap<string, MatrixCell> {
  return new Map(cells.map((cell) => [cellKey(cell.variant, cell.experiment), cell]));
}

/** Asks the server what it has: after another tab's run, for one. */
export async function rereadMatrix(): Promise<void> {
  const answer = await ask<MatrixView>("/api/lab/matrix");
  if (answer.ok) set({ cells: byKey(answer.body.cells), elsewhere: answer.body.running && stop === null });
}

/** Has cells played, each in labs of its own; what comes is kept, also when it is stopped. */
export async function playMatrix(wanted: MatrixWanted): Promise<void> {
  if (stop) return;
  stop = new AbortController();
  const began: MatrixRun = {
    ...{ state: "playing", done: 0, of: 0, unjudged: [], problem: null },
    ...{ beganAt: Date.now(), endedAt: null },
  };
  set({ run: began, elsewhere: false });
  const ended = await follow(wanted, stop.signal);
  const { aborted } = stop.signal;
  stop = null;
  if (!state.run) return;
  const outcome = aborted ? "stopped" : ended === null ? "done" : "failed";
  set({ run: { ...state.run, state: outcome, endedAt: Date.now(), problem: ended } });
}

export function stopMatrix(): void {
  stop?.abort();
}

/** `null`: to the end, or to where it was stopped. */
async function follow(wanted: MatrixWanted, signal: AbortSignal): Promise<Problem | null> {
  let done = false;
  const problem = await followLines<MatrixNews>("/api/lab/matrix", { body: wanted, signal }, (news) => {
    if (news.type === "done") done = true;
    else hear(news);
  });
  return problem ?? (done || signal.aborted ? null : unreachable);
}

function hear(news: Exclude<MatrixNews, { type: "done" }>): void {
  const { run, cells } = state;
  if (!run) return;
  if (news.type === "begun") {
    set({ run: { ...run, of: news.cells } });
    return;
  }
  const done = run.done + 1;
  if (news.type === "cell") {
    const key = cellKey(news.cell.variant, news.cell.experiment);
    set({ run: { ...run, done }, cells: new Map(cells).set(key, news.cell) });
    return;
  }
  const unjudged = [...run.unjudged, `${news.variant}, ${news.experiment}: ${news.reason}`];
  set({ run: { ...run, done, unjudged } });
}
