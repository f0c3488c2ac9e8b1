"use client";

import { useSyncExternalStore } from "react";
import type { VariantId } from "@/lib/core/ids.ts";
import type { StepReport } from "@/lib/lab/experiment.ts";
import type { ExperimentNews, MatrixCell } from "@/lib/lab/played-cells.ts";
import { type Problem, unreachable } from "../_browser/api.ts";
import { followLines } from "../_browser/json-lines.ts";
import { hearCell } from "./matrix-cells.ts";

/** The state of one claim's verification. `playedAt` is on the system clock, because an experiment has its own lab. */
export type Verification =
  | { readonly state: "playing"; readonly steps: readonly StepReport[] }
  | { readonly state: "played"; readonly verdict: MatrixCell }
  /** It was played, and what came of it says neither that the claim holds nor that it does not. */
  | { readonly state: "unjudged"; readonly reason: string }
  | { readonly state: "failed"; readonly problem: Problem };

/** The number of verifications at a time. Others wait, because the server limits how much one lab may play. */
const atOnce = 4;
let playing = 0;
const waiting: (() => void)[] = [];

async function inTurn(play: () => Promise<void>): Promise<void> {
  if (playing >= atOnce) await new Promise<void>((go) => waiting.push(go));
  else playing += 1;
  await play();
  const next = waiting.shift();
  if (next) next();
  else playing -= 1;
}

/** The verifications since this tab was opened, by variant and experiment. They survive a change of page. */
let verifications: Readonly<Record<string, Verification>> = {};
const none: typeof verifications = {};
const listeners = new Set<() => void>();

function keep(key: string, verification: Verification): void {
  verifications = { ...verifications, [key]: verification };
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The verifications of one variant, by experiment. */
export function useVerifications(variant: VariantId): (experiment: string) => Verification | undefined {
  const all = useSyncExternalStore(
    subscribe,
    () => verifications,
    () => none,
  );
  return (experiment) => all[`${variant} ${experiment}`];
}

/** Plays an experiment against a variant in its own lab, and shows each step as it happens. */
export async function verify(variant: VariantId, experiment: string): Promise<void> {
  const key = `${variant} ${experiment}`;
  keep(key, { state: "playing", steps: [] });
  await inTurn(async () => {
    const path = `/api/lab/experiments/${experiment}`;
    const problem = await followLines<ExperimentNews>(path, { body: { variants: [variant] } }, (told) => {
      if (told.type === "verdict") hearCell(told);
      keep(key, after(verifications[key], told));
    });
    if (verifications[key]?.state === "playing") keep(key, { state: "failed", problem: problem ?? unreachable });
  });
}

function after(before: Verification | undefined, told: ExperimentNews): Verification {
  if (told.type === "verdict") return { state: "played", verdict: told };
  if (told.type === "failed") return { state: "unjudged", reason: told.reason };
  return { state: "playing", steps: [...(before?.state === "playing" ? before.steps : []), told] };
}
