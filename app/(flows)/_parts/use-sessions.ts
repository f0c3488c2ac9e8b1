"use client";

import useSWR from "swr";
import type { SessionView } from "@/lib/lab/lab-view.ts";
import { listSessions } from "../../_browser/flow-calls.ts";
import { type FlowInfo, heldBy, ruledBy } from "../../_browser/flow-info.ts";
import type { Lab } from "../../_browser/lab-provider.tsx";
import { isLive } from "../../_browser/life/record-life.ts";
import type { FlowActing } from "../../_browser/use-flow-acts.ts";

/**
 * The logins of the person whose login is accepted here. They are requested again when their records change, by a
 * login or a revocation on any device.
 */
export function useSessions(lab: Lab, flow: FlowInfo, acting: FlowActing): readonly SessionView[] | null {
  const { view } = lab;
  const login = view ? heldBy(view, flow).login : undefined;
  const listable = view !== null && ruledBy(view, flow, undefined)?.cannot.list === undefined;
  const username = login?.accepted && listable ? login.user.username : null;
  const records = view ? (heldBy(view, flow).records ?? []) : [];
  const live = records.filter(
    (record) => record.username === username && isLive(record, Date.parse(view?.clock.now ?? "")),
  );
  const key = username === null ? null : `sessions ${flow.id} ${username} ${live.map(({ id }) => id).join(" ")}`;

  const { data } = useSWR(
    key,
    () =>
      acting.inTurn(flow, async () => {
        const now = lab.latest();
        // An action in the meantime may have ended this login. Then no request is sent.
        if (!now || !heldBy(now, flow).login.accepted) return null;
        const answer = await listSessions(flow);
        return answer.ok ? answer.body.sessions : null;
      }),
    { revalidateOnFocus: false, revalidateOnReconnect: false, keepPreviousData: true },
  );
  return username === null ? null : (data ?? null);
}
