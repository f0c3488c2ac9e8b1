"use client";

import useSWR from "swr";
import type { Data } from "@/lib/core/session-data.ts";
import { readData } from "../_browser/flow-calls.ts";
import { type FlowInfo, heldBy, ruledBy } from "../_browser/flow-info.ts";
import type { Lab } from "../_browser/lab-provider.tsx";
import type { FlowActing } from "../_browser/use-flow-acts.ts";

/**
 * The session data of the login that is accepted here. It is requested again when the page gets the focus, because
 * another tab may have changed it.
 */
export function useSessionData(lab: Lab, flow: FlowInfo, acting: FlowActing) {
  const { view } = lab;
  const login = view ? heldBy(view, flow).login : undefined;
  const keeps = view !== null && ruledBy(view, flow, undefined)?.cannot.data === undefined;
  const whose = login?.accepted && keeps ? `${login.user.id} ${login.issuedAt} ${login.recordId}` : null;

  const { data, mutate } = useSWR(
    whose === null ? null : `data ${flow.id} ${whose}`,
    () =>
      acting.inTurn(flow, async (): Promise<{ whose: string | null; data: Data | null }> => {
        const now = lab.latest();
        // An action in the meantime may have ended this login. Then no request is sent.
        if (!now || !heldBy(now, flow).login.accepted) return { whose, data: null };
        const answer = await readData(flow);
        return { whose, data: answer.ok ? answer.body.data : null };
      }),
    { revalidateOnReconnect: false, keepPreviousData: true },
  );

  /** Stores the page's own change in the cache, so no request is needed before the next press. */
  async function apply(change: (kept: Data) => Data): Promise<void> {
    await mutate((now) => (now?.data ? { ...now, data: change(now.data) } : now), { revalidate: false });
  }
  return { data: whose !== null && data?.whose === whose ? data.data : null, apply };
}
