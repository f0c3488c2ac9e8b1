"use client";

import {
  createContext,
  type ReactNode,
  use,
  useCallback,
  useEffect,
  useEffectEvent,
  useMemo,
  useState,
  useSyncExternalStore,
} from "react";
import type { CopiesView } from "@/lib/lab/feed/copies-view.ts";
import type { Exchange } from "@/lib/lab/feed/exchange.ts";
import type { LabView, PersonView } from "@/lib/lab/lab-view.ts";
import { LabTimeProvider } from "../_ui/lab-time.tsx";
import type { Problem } from "./api.ts";
import { type FlowInfo, heldBy, renewableRecord } from "./flow-info.ts";
import { createLabClock, type LabClock } from "./lab-clock.ts";
import { learnFlows } from "./login-turns.ts";
import type { StreamState } from "./shared-stream.ts";
import { learnStorages, onAccessToken, refreshToken } from "./tokens/access-token.ts";
import { isAccessToken, withRefreshToken } from "./tokens/held-tokens.ts";
import type { TokenLife } from "./tokens/token-renewal.ts";
import { useAccessToken } from "./tokens/use-access-token.ts";
import { useBfcacheGuard } from "./use-bfcache-guard.ts";
import { useExchanges } from "./use-exchanges.ts";
import { type LabReading, useLabView } from "./use-lab-view.ts";

/** The lab that all screens show, kept up to date. */
export type Lab = {
  readonly view: LabView | null;
  readonly flows: readonly FlowInfo[];
  /** Newest first. */
  readonly exchanges: readonly Exchange[];
  /** Exchanges that came with neither the lab's cookie nor a credential that verified: of somebody else, maybe. */
  readonly unproved: readonly Exchange[];
  /** The copies of credentials that the server keeps, and what it found when it looked at them. */
  readonly copies: CopiesView | null;
  readonly stream: StreamState;
  readonly problem: Problem | null;
  /** If false there is no lab, and the page sends no request for one. */
  readonly labMode: boolean;
  readonly cookieLost: boolean;
  /** The page is fetching its first access token. */
  readonly renewing: boolean;
  readonly clock: LabClock;
  readonly reread: () => Promise<unknown>;
  /** The last answer, also before the page has rendered it. */
  readonly latest: () => LabView | null;
  /** The typed passwords by username. They are kept until the tab is closed. */
  readonly typed: Readonly<Record<string, string>>;
  readonly type: (username: string, password: string) => void;
};

const LabContext = createContext<Lab | null>(null);

export function useLab(): Lab {
  const lab = use(LabContext);
  if (!lab) throw new Error("A screen stands outside the LabProvider of app/layout.tsx.");
  return lab;
}

/** The people of the lab; none outside a lab. */
export function usePeople(): readonly PersonView[] {
  return use(LabContext)?.view?.people ?? [];
}

type LabProviderProps = {
  /** The data that the server rendered the page with. `null`: it could not read the lab. */
  readonly first: LabView | null;
  readonly firstCopies: CopiesView | null;
  readonly labMode: boolean;
  readonly flows: readonly FlowInfo[];
  readonly children: ReactNode;
};

export function LabProvider({ first, firstCopies, labMode, flows, children }: LabProviderProps) {
  const [clock] = useState(() => createLabClock(first?.clock ?? null));
  const reading = useLabView(first, clock, labMode);
  const { problem, cookieLost, reread } = reading;
  const { view, latest } = useKeptTokens(reading, flows);
  const {
    list,
    unproved: strange,
    stream,
    copies,
  } = useExchanges({
    lab: view?.lab.id,
    onChange: () => void reread(),
    on: labMode && !cookieLost,
    firstCopies,
  });
  const exchanges = useMemo(() => list.map((exchange) => withFlow(exchange, flows)), [list, flows]);
  const unproved = useMemo(() => strange.map((exchange) => withFlow(exchange, flows)), [strange, flows]);
  const renewing = useAccessToken({
    refreshable: view !== null && flows.some((flow) => hasLiveRefreshToken(view, flow)),
    inCookie: view && lifeInCookie(view, flows),
    clock,
    onChange: reread,
  });
  useBfcacheGuard(reread);
  useRereadAtNextEnd(view, clock, reread);

  const [typed, setTyped] = useState<Lab["typed"]>({});
  const type = useCallback((username: string, password: string) => {
    setTyped((before) => ({ ...before, [username]: password }));
  }, []);

  const lab = useMemo<Lab>(
    () => ({
      view,
      flows,
      exchanges,
      unproved,
      copies,
      stream,
      problem,
      labMode,
      cookieLost,
      renewing,
      clock,
      reread,
      latest,
      typed,
      type,
    }),
    [
      view,
      flows,
      exchanges,
      unproved,
      copies,
      stream,
      problem,
      labMode,
      cookieLost,
      renewing,
      clock,
      reread,
      latest,
      typed,
      type,
    ],
  );
  return (
    <LabContext value={lab}>
      <LabTimeProvider time={clock}>{children}</LabTimeProvider>
    </LabContext>
  );
}

/** An exchange that was refused before its flow ran (by a rate limit) still belongs to that flow. */
function withFlow(exchange: Exchange, flows: readonly FlowInfo[]): Exchange {
  if (exchange.flow !== null) return exchange;
  const flow = flows.find(({ id }) => exchange.request.path.startsWith(`/api/${id}/`));
  return flow ? { ...exchange, flow: flow.id } : exchange;
}

/** The held credentials, including a refresh token that only the page has and that GET /api/lab does not send. */
function useKeptTokens({ view, latest }: LabReading, flows: readonly FlowInfo[]) {
  const kept = useSyncExternalStore(onAccessToken, refreshToken, () => null);
  useEffect(() => learnStorages(view?.variants ?? []), [view]);
  useEffect(() => learnFlows(flows), [flows]);
  return {
    view: useMemo(() => view && withRefreshToken(view, flows, kept), [view, flows, kept]),
    latest: useCallback(() => {
      const now = latest();
      return now && withRefreshToken(now, flows, refreshToken());
    }, [latest, flows]),
  };
}

/** The lifetime of the access token in a cookie, if it is still accepted. */
function lifeInCookie(view: LabView, flows: readonly FlowInfo[]): TokenLife | null {
  const logins = flows.filter(({ presents }) => presents === "bearer").map((flow) => heldBy(view, flow));
  const inCookie = logins.find(({ login, credentials }) => login.accepted && !credentials.some(isAccessToken));
  if (!inCookie?.login.accepted) return null;
  return { from: Date.parse(inCookie.login.issuedAt), to: Date.parse(inCookie.login.expiresAt) };
}

/** Whether this browser has a refresh token of a live family. Without one a refresh would certainly be refused. */
export function hasLiveRefreshToken(view: LabView, flow: FlowInfo): boolean {
  return flow.presents === "bearer" && renewableRecord(view, flow) !== undefined;
}

/** Reads the lab again when the time of a login or of the lab has passed: the server decides whether it has ended. */
function useRereadAtNextEnd(view: LabView | null, clock: LabClock, reread: () => Promise<unknown>): void {
  const ask = useEffectEvent(() => void reread());
  useEffect(() => {
    const logins = view ? Object.values(view.held).map((held) => held.login) : [];
    const ends = logins.flatMap((login) => (login.accepted ? [Date.parse(login.expiresAt)] : []));
    // The lab itself ends on the system's clock.
    if (view?.lab.expiresAt) ends.push(Date.parse(view.lab.expiresAt) + view.clock.offsetSeconds * 1000);
    const left = Math.min(...ends) - clock.now();
    if (!(left > 0 && left < 2 ** 31)) return undefined;
    const timer = setTimeout(() => ask(), left + 250);
    return () => clearTimeout(timer);
  }, [view, clock]);
}
