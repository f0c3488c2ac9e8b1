"use client";

import { useState } from "react";
import type { Outcome } from "../_ui/outcome-line.tsx";
import type { Answer } from "./api.ts";
import type { FlowInfo } from "./flow-info.ts";
import { type FlowActing, outcomeOf } from "./use-flow-acts.ts";

export type Plugs = {
  readonly busy: boolean;
  readonly outcome: Outcome | undefined;
  /** Pulls a plug that acts on the whole lab. */
  readonly pull: <T>(asked: string, call: () => Promise<Answer<T>>, told: string) => Promise<Outcome>;
  /** Pulls the same plug in several flows at the same time. */
  readonly pullEach: (
    asked: string,
    flows: readonly FlowInfo[],
    act: (flow: FlowInfo) => Promise<Outcome>,
  ) => Promise<void>;
};

export function usePlugs(acting: FlowActing): Plugs {
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();
  return {
    busy,
    outcome,
    async pull(asked, call, told) {
      setBusy(true);
      const result = outcomeOf(asked, await acting.alone(call), () => told);
      setOutcome(result);
      setBusy(false);
      return result;
    },
    async pullEach(asked, flows, act) {
      setBusy(true);
      const results = await Promise.all(flows.map(act));
      setOutcome(summary(asked, flows, results));
      setBusy(false);
    },
  };
}

function summary(asked: string, flows: readonly FlowInfo[], results: readonly Outcome[]): Outcome {
  const lines = flows.map(({ title }, index) => {
    const result = results[index];
    return `${title} ${result?.accepted === false ? `refused ${result.code}` : (result?.detail ?? "done")}`;
  });
  return { asked, accepted: true, detail: lines.join(" · "), status: 200, code: null, retryAt: null };
}
