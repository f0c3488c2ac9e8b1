"use client";

import { useSyncExternalStore } from "react";
import type { StepReport, Verdict } from "@/lib/core/experiment.ts";
import type { VariantId } from "@/lib/core/flow.ts";
import { type Problem, unreachable } from "./api.ts";
import { followLines } from "./json-lines.ts";

/** How it stands with showing one claim. `playedAt` is on the system's clock: an experiment has a lab of its own. */
export type Verification =
  | { readonly state: "playing"; readonly steps: readonly StepReport[] }
  | { readonly state: "played"; readonly verdict: Verdict & { readonly playedAt: string } }
  | { readonly state: "failed"; readonly problem: Problem };

type Told =
  | ({ readonly type: "step" } & StepReport)
  | ({ readonly type: "verdict"; readonly playedAt: string } & Verdict);

/** What was verified since this tab was opened, by variant and experiment. It outlives a change of page. */
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

/** Plays an experiment against a variant, for real, in a lab of its own; each step is shown as it happens. */
export async function verify(variant: VariantId, experiment: string): Promise<void> {
  const key = `${variant} ${experiment}`;
  keep(key, { state: "playing", steps: [] });
  const path = `/api/lab/experiments/${experiment}`;
  const problem = await followLines<Told>(path, { body: { variants: [variant] } }, (told) =>
    keep(key, after(verifications[key], told)),
  );
  if (verifications[key]?.state === "playing") keep(key, { state: "failed", problem: problem ?? unreachable });
}

function after(before: Verification | undefined, told: Told): Verification {
  if (told.type === "verdict") return { state: "played", verdict: told };
  return { state: "playing", steps: [...(before?.state === "playing" ? before.steps : []), told] };
}
