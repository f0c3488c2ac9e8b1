"use client";

import { useState } from "react";
import type { FlowOutcome, Outcome } from "../_ui/outcome-line.tsx";
import type { Answer } from "./api.ts";
import type { FlowInfo } from "./flow-info.ts";
import { type FlowActing, outcomeOf } from "./use-flow-acts.ts";

export type Plugs = {
  readonly busy: boolean;
  readonly outcome: Outcome | undefined;
  /** Pulls a plug that acts on the whole lab. */
  readonly pull: <T>(asked: string, call: () => Promise<Answer<T>>, told: string) => Promise<Outcome>;
  /** Pulls the same plug in several flows at the same time. */
  readonly pullEach: (asked: string, flows: readonly PulledFlow[]) => Promise<void>;
};

/** A flow with a login, and what the plug does to it. */
export type PulledFlow = { readonly flow: FlowInfo; readonly act: () => Promise<Outcome> };

export function usePlugs(acting: FlowActing): Plugs {
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();
  return {
    busy,
    outcome,
    async pull(asked, call, told) {
      setBusy(true);
      const { done, each } = await acting.alone(call);
      const result = { ...outcomeOf(asked, done, () => told), each };
      setOutcome(result);
      setBusy(false);
      return result;
    },
    async pullEach(asked, flows) {
      setBusy(true);
      const each = await Promise.all(flows.map(pulled));
      setOutcome({ asked, accepted: true, detail: null, status: 200, code: null, retryAt: null, each });
      setBusy(false);
    },
  };
}

async function pulled({ flow: { id, title }, act }: PulledFlow): Promise<FlowOutcome> {
  const { accepted, code, detail } = await act();
  return { flow: id, title, words: accepted ? (detail ?? "done") : `refused ${code}${detail ? `: ${detail}` : ""}` };
}
