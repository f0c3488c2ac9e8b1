"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import type {
  MatrixCell,
  MatrixNews,
  MatrixRun,
  MatrixView,
  MatrixWanted,
  UnjudgedCell,
} from "@/lib/lab/played-cells.ts";
import { ask, type Problem, unreachable } from "../_browser/api.ts";
import { followLines } from "../_browser/json-lines.ts";
import { cellKey, kept, type MatrixState, nothing, set, setSoon, subscribe, withCell } from "./matrix-cells.ts";

let stop: AbortController | null = null;
/** The server data that was already merged. A page that returns from the browser's history still has its old data. */
const adopted = new WeakSet<MatrixView>();

/**
 * The cells that this lab has played: those of the rendered page and those that arrived since. The state survives a
 * change of page. On the server, which renders for many labs, only the given data counts.
 */
export function useMatrix(first: MatrixView | null, labId: string | null): MatrixState {
  const [drawn] = useState(() => stateOf(first));
  // A page that was rendered for an earlier lab has no cells of the current one.
  useEffect(() => adopt(first?.lab === labId ? first : null, labId), [first, labId]);
  return useSyncExternalStore(
    subscribe,
    () => (labId === kept.lab ? kept.state : drawn),
    () => drawn,
  );
}

/** The rendered data is newer than this tab's, except while this tab is receiving a run. */
function adopt(first: MatrixView | null, labId: string | null): void {
  if (labId === kept.lab && (first === null || stop !== null || adopted.has(first))) return;
  if (first !== null) adopted.add(first);
  const run = labId === kept.lab ? kept.state.run : null;
  kept.lab = labId;
  set({ ...stateOf(first), run });
}

function stateOf(first: MatrixView | null): MatrixState {
  return first ? { cells: byKey(first.cells), run: null, elsewhere: first.running } : nothing;
}

function byKey(cells: readonly MatrixCell[]): ReadonlyMap<string, MatrixCell> {
  return new Map(cells.map((cell) => [cellKey(cell.variant, cell.experiment), cell]));
}

/**
 * Reads the cells from the server, for example after a run of
 * another tab. Answers whether cells are being played for this lab.
 */
export async function rereadMatrix(): Promise<boolean> {
  const answer = await ask<MatrixView>("/api/lab/matrix");
  if (!answer.ok || answer.body.lab !== kept.lab) return false;
  const { cells, running } = answer.body;
  set({ cells: byKey(cells), elsewhere: running && stop === null });
  return running;
}

/** Plays cells on the server, each in its own labs. Received cells are kept, also after a stop. */
export async function playMatrix(wanted: MatrixWanted): Promise<void> {
  if (stop) return;
  const own = new AbortController();
  stop = own;
  const began: MatrixRun = {
    ...{ state: "playing", done: 0, of: 0, unjudged: [], problem: null },
    ...{ beganAt: Date.now(), endedAt: null },
  };
  set({ run: began, elsewhere: false });
  const ended = await follow(wanted, own.signal);
  const endedAt = Date.now();
  const { aborted } = own.signal;
  // After a stop the last cells may not have arrived. A start can be refused because another tab is playing.
  const elsewhere = aborted ? await untilStopped() : ended !== null && (await rereadMatrix());
  stop = null;
  set({ elsewhere });
  const { run } = kept.state;
  if (!run) return;
  const outcome = aborted ? "stopped" : ended === null ? "done" : "failed";
  set({ run: { ...run, state: outcome, endedAt, problem: ended } });
}

export function stopMatrix(): void {
  stop?.abort();
}

/** The server notices the closed connection a little later than this tab. Answers whether another tab is playing. */
async function untilStopped(): Promise<boolean> {
  for (let tries = 0; tries < 10; tries += 1) {
    if (!(await rereadMatrix())) return false;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return true;
}

/** `null`: the run reached its end or was stopped. */
async function follow(wanted: MatrixWanted, signal: AbortSignal): Promise<Problem | null> {
  let done = false;
  const problem = await followLines<MatrixNews>("/api/lab/matrix", { body: wanted, signal }, (news) => {
    if (news.type === "done") done = true;
    else hear(news);
  });
  return problem ?? (done || signal.aborted ? null : unreachable);
}

function hear(news: Exclude<MatrixNews, { type: "done" }>): void {
  const { run } = kept.state;
  if (!run) return;
  if (news.type === "begun") {
    set({ run: { ...run, of: news.cells } });
    return;
  }
  const done = run.done + 1;
  if (news.type === "cell") {
    setSoon(withCell(news.cell, { ...run, done }));
    return;
  }
  const { variant, experiment, reason } = news;
  const unjudged: readonly UnjudgedCell[] = [...run.unjudged, { variant, experiment, reason }];
  set({ run: { ...run, done, unjudged } });
}
