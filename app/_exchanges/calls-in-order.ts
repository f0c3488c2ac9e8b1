import type { CallNotMade, Exchange, TraceStep } from "@/lib/lab/feed/exchange.ts";

/**
 * A call of an exchange: one that was made, or one that the variant does not make. `number` ties a call that was made to
 * its line of the flow; `null`: its line is not known, or it is a step of the edge.
 */
export type Call =
  | { readonly step: TraceStep; readonly number: number | null; readonly notMade?: never }
  | { readonly notMade: CallNotMade };

/** The calls in their order. A call that was not made replaces its step. */
export function callsOf({ steps, notMade = [] }: Pick<Exchange, "steps" | "notMade">): readonly Call[] {
  const calls: Call[] = [];
  let number = 0;
  for (const [index, step] of [...steps, null].entries()) {
    calls.push(...notMade.filter(({ after }) => after === index).map((each) => ({ notMade: each })));
    if (step === null || notMade.some(({ actor, did }) => actor === step.actor && did === step.did)) continue;
    if (step.at) number += 1;
    calls.push({ step, number: step.at ? number : null });
  }
  return calls;
}

/** Whether a credential should have ended by this call. Without it a copy lives on; without a check alone none does. */
export function isUntold({ did }: CallNotMade): boolean {
  return did !== "check";
}
