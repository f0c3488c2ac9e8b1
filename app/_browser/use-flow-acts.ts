"use client";

import { useCallback, useRef, useState } from "react";
import type { FlowId } from "@/lib/core/ids.ts";
import type { FlowOutcome, Outcome } from "../_ui/outcome-line.tsx";
import type { Answer } from "./api.ts";
import type { Chooser } from "./choice.ts";
import type { RevokeScope, Verb } from "./flow-acts.ts";
import { logIn, logOut, type RevokeWish, refreshCookies, revoke, sendRequest } from "./flow-calls.ts";
import type { FlowInfo } from "./flow-info.ts";
import { shownVariant } from "./flow-info.ts";
import { hasLiveRefreshToken, type Lab } from "./lab-provider.tsx";
import { loginsAfter } from "./life/logins-after.ts";
import { refreshAccessToken } from "./tokens/token-refresh.ts";
import { unansweredWords } from "./unanswered-words.ts";
import { whyNotNow } from "./why-not-now.ts";

export type ActsOnFlow = {
  readonly login: () => Promise<Outcome>;
  readonly send: () => Promise<Outcome>;
  readonly refresh: () => Promise<Outcome>;
  readonly logout: () => Promise<Outcome>;
  readonly revoke: (scope: RevokeScope) => Promise<Outcome>;
  readonly endSession: (id: string) => Promise<Outcome>;
};

export type FlowActing = {
  readonly on: (flow: FlowInfo) => ActsOnFlow;
  readonly busy: Readonly<Record<FlowId, Verb | undefined>>;
  readonly outcomes: Readonly<Record<FlowId, Outcome | undefined>>;
  /** Runs after the earlier requests of this flow. */
  readonly inTurn: <T>(flow: FlowInfo, work: () => Promise<T>) => Promise<T>;
  /**
   * For actions that can end any login. Runs alone: it waits for the requests of all flows and blocks new ones until
   * the page has read the lab again. `each`: what it did to each flow’s login in this browser.
   */
  readonly alone: <T>(work: () => Promise<T>) => Promise<{ readonly done: T; readonly each: readonly FlowOutcome[] }>;
};

export const revokeWords: Readonly<Record<RevokeScope, string>> = {
  current: "Revoke this",
  others: "Revoke others",
  all: "Revoke all",
};

/** All actions on the flows. Actions of one flow run one after the other; different flows run in parallel. */
export function useFlowActs(lab: Lab, choice: Chooser): FlowActing {
  const [busy, setBusy] = useState<FlowActing["busy"]>({});
  const [outcomes, setOutcomes] = useState<FlowActing["outcomes"]>({});
  const queues = useRef(new Map<FlowId, Promise<unknown>>());

  function inTurn<T>(flow: FlowInfo, work: () => Promise<T>): Promise<T> {
    const before = queues.current.get(flow.id) ?? Promise.resolve();
    const turn = before.then(work);
    queues.current.set(
      flow.id,
      turn.catch(() => undefined),
    );
    return turn;
  }

  const { flows, latest, reread } = lab;
  const alone = useCallback<FlowActing["alone"]>(
    async (work) => {
      const turn = Promise.all(queues.current.values()).then(async () => {
        const before = latest();
        const done = await work();
        await reread();
        return { done, each: loginsAfter(flows, { before, after: latest() }) };
      });
      const settled = turn.catch(() => undefined);
      for (const { id } of flows) queues.current.set(id, settled);
      return turn;
    },
    [flows, latest, reread],
  );

  async function run<T>(
    flow: FlowInfo,
    verb: Verb,
    asked: string,
    call: () => Promise<ActionAnswer<T>>,
  ): Promise<Outcome> {
    setBusy((now) => ({ ...now, [flow.id]: verb }));
    const outcome = await inTurn(flow, async () => {
      const { answer, tell } = await call();
      await lab.reread();
      return outcomeOf(asked, answer, tell);
    });
    setOutcomes((now) => ({ ...now, [flow.id]: outcome }));
    setBusy((now) => ({ ...now, [flow.id]: undefined }));
    return outcome;
  }

  function on(flow: FlowInfo): ActsOnFlow {
    const revoked = (asked: string, wish: RevokeWish) =>
      run(flow, "revoke", asked, async () => ({
        answer: await revoke(flow, wish),
        tell: ({ revoked: n, unanswered = [] }) =>
          `${n === 1 ? "1 login ended" : `${n} logins ended`}${unansweredWords(unanswered)}`,
      }));
    return {
      login: () => run(flow, "login", "Log in", async () => ({ answer: await logIn(flow, wishOf(lab, flow, choice)) })),
      send: () =>
        run(flow, "me", "Send", async () => ({
          answer: await sendRequest(flow, canRefresh(lab, flow)),
        })),
      refresh: () =>
        run(flow, "refresh", "Refresh", async () => {
          if (flow.presents === "cookie") return { answer: await refreshCookies(flow) };
          const refreshed = await refreshAccessToken({ anyway: true });
          return { answer: refreshed.ok ? { ok: true, status: 200, body: null } : refreshed };
        }),
      logout: () => run(flow, "logout", "Log out", async () => ({ answer: await logOut(flow) })),
      revoke: (scope) => revoked(revokeWords[scope], { scope }),
      endSession: (session) => revoked("End this one", { session }),
    };
  }

  return { on, busy, outcomes, inTurn, alone };
}

function canRefresh(lab: Lab, flow: FlowInfo): boolean {
  const view = lab.latest();
  return view !== null && hasLiveRefreshToken(view, flow);
}

type ActionAnswer<T> = { readonly answer: Answer<T>; readonly tell?: (body: T) => string };

function wishOf(lab: Lab, flow: FlowInfo, { person, password, remember, picked }: Chooser) {
  const variant = lab.view ? shownVariant(lab.view, flow, picked[flow.id]) : undefined;
  return { username: person?.username ?? "", password, remember, ...(variant ? { variant: variant.id } : {}) };
}

export function outcomeOf<T>(asked: string, answer: Answer<T>, tell?: (body: T) => string): Outcome {
  if (answer.ok) {
    const detail = tell ? tell(answer.body) : null;
    return { asked, accepted: true, detail, status: answer.status, code: null, retryAt: null };
  }
  const { status, code, detail, retryAfterSeconds } = answer;
  // Too many attempts have a time to count down; a store that does not answer has a sentence to read.
  const retryAt = status !== 429 || retryAfterSeconds === null ? null : Date.now() + retryAfterSeconds * 1000;
  return { asked, accepted: false, detail: retryAt === null ? detail : whyNotNow(detail), status, code, retryAt };
}
