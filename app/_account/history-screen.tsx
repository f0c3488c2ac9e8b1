"use client";

import { useEffect, useEffectEvent } from "react";
import { heldBy, personIn } from "../_browser/flow-info.ts";
import type { FlowProps } from "../_browser/flow-props.ts";
import { principalFor } from "../_browser/request-principal.ts";
import { HistoryCard } from "./history-card.tsx";
import { useHistory } from "./use-history.ts";

/** The server writes an event shortly after its answer, so the page waits before it reads. */
const settle = 200;

/**
 * The login history of the person who is logged in on this page, if a request of this browser is accepted as theirs.
 */
export function HistoryScreen({ flow, view, lab, acting }: FlowProps) {
  const username = personIn(heldBy(view, flow));
  const principal = principalFor(view, lab.flows, username ?? undefined);
  const isWanted = principal !== undefined && principal.user.username === username;
  const inTurn = <T,>(call: () => Promise<T>): Promise<T | null> =>
    acting.inTurn(flow, async () => {
      const now = lab.latest();
      return now && heldBy(now, flow).login.accepted ? call() : null;
    });
  const history = useHistory(
    isWanted ? { username: principal.user.username, withToken: principal.withToken, inTurn } : null,
  );
  const newest = lab.exchanges[0];
  const reread = useEffectEvent(() => void history.reread().catch(() => undefined));
  useEffect(() => {
    if (!newest) return undefined;
    const timer = setTimeout(() => reread(), settle);
    return () => clearTimeout(timer);
  }, [newest]);

  const ambiguousCookies = "the cookies of this browser belong to two people, so the server refuses them.";
  return (
    <HistoryCard
      username={username}
      pages={history.pages}
      problem={username !== null && !isWanted ? ambiguousCookies : history.problem?.detail}
      more={history.more}
      onOlder={history.older}
    />
  );
}
