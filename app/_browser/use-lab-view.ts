"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import useSWR from "swr";
import type { LabView } from "@/lib/lab/lab-view.ts";
import { type AnswerError, bodyOf } from "./answer-error.ts";
import type { Problem } from "./api.ts";
import { readLab } from "./lab-calls.ts";
import type { LabClock } from "./lab-clock.ts";

export type LabReading = {
  readonly view: LabView | null;
  /** Why the last reading failed; the view is then the last one that was had. */
  readonly problem: Problem | null;
  /** The lab's cookie does not come back: each answer is about another lab. */
  readonly cookieLost: boolean;
  /** Reads again at once. */
  readonly reread: () => Promise<unknown>;
  /** The last answer, also between two drawings of the page. */
  readonly latest: () => LabView | null;
};

/** What `GET /api/lab` says, starting from what the server drew the page with. */
export function useLabView(first: LabView | null, clock: LabClock, on: boolean): LabReading {
  const [cookieLost, setCookieLost] = useState(false);
  const last = useRef(first);
  const [moves] = useState(() => countMoves(first?.lab.id));

  const { data, error, mutate } = useSWR<LabView, AnswerError>(
    // Without its cookie each question would start another lab.
    on && !cookieLost ? "/api/lab" : null,
    async () => {
      const view = bodyOf(await inTurnOfTabs(readLab));
      clock.set(view.clock, Date.now());
      setCookieLost(moves(view.lab.id) >= 2);
      last.current = view;
      return view;
    },
    {
      ...(first ? { fallbackData: first } : {}),
      dedupingInterval: 50,
      errorRetryInterval: 2500,
      errorRetryCount: 1000,
    },
  );

  useEffect(() => {
    // On http at a network address a browser drops Secure cookies, so there is no need to wait and see.
    if (on && !window.isSecureContext) setCookieLost(true);
  }, [on]);

  const latest = useCallback(() => last.current, []);
  return { view: data ?? null, problem: error?.problem ?? null, cookieLost, reread: mutate, latest };
}

/** One tab at a time: after a reset the first answer brings the new lab's cookie, and the other tabs ask with it. Each would start a lab of its own otherwise. */
function inTurnOfTabs<T>(call: () => Promise<T>): Promise<T> {
  return navigator.locks ? navigator.locks.request("loginscope lab", call) : call();
}

/** How many times in a row an answer was about another lab than the one before. A reset is one such move, no more. */
function countMoves(firstId: string | undefined): (id: string) => number {
  let last = firstId;
  let moves = 0;
  return (id) => {
    moves = last === undefined || last === id ? 0 : moves + 1;
    last = id;
    return moves;
  };
}
