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
  /** Why the last read failed. The view is then the one of the last success. */
  readonly problem: Problem | null;
  /** The browser does not return the lab's cookie, so each answer is about another lab. */
  readonly cookieLost: boolean;
  /** Reads the lab again now. */
  readonly reread: () => Promise<unknown>;
  /** The last answer, also before the page has rendered it. */
  readonly latest: () => LabView | null;
};

let holders = 0;

/**
 * The page does not read its lab meanwhile. For a play that may take the lab's cookie out of the jar: a request without it
 * would be given another lab.
 */
export async function holdingLab<T>(run: () => Promise<T>): Promise<T> {
  holders += 1;
  try {
    return await run();
  } finally {
    holders -= 1;
  }
}

/** The answer of `GET /api/lab`. It starts with the data that the server rendered the page with. */
export function useLabView(first: LabView | null, clock: LabClock, on: boolean): LabReading {
  const [cookieLost, setCookieLost] = useState(false);
  const last = useRef(first);
  const [moves] = useState(() => countMoves(first?.lab.id));

  const { data, error, mutate } = useSWR<LabView, AnswerError>(
    // Without the lab's cookie each request would create another lab.
    on && !cookieLost ? "/api/lab" : null,
    async () => {
      const view = withSameParts(last.current, bodyOf(await inTurnOfTabs(readLab)));
      clock.set(view.clock, Date.now());
      setCookieLost(moves(view.lab.id) >= 2);
      last.current = view;
      return view;
    },
    {
      ...(first ? { fallbackData: first } : {}),
      dedupingInterval: 50,
      isPaused: () => holders > 0,
      errorRetryInterval: 2500,
      errorRetryCount: 1000,
    },
  );

  useEffect(() => {
    // On http at a network address a browser drops Secure cookies, so the page knows it without a request.
    if (on && !window.isSecureContext) setCookieLost(true);
  }, [on]);

  const latest = useCallback(() => last.current, []);
  return { view: data ?? null, problem: error?.problem ?? null, cookieLost, reread: mutate, latest };
}

/** Parts that are as before stay the same objects, so nothing that shows only these is drawn again. */
function withSameParts(before: LabView | null, now: LabView): LabView {
  const parts = Object.entries(before ?? {}).filter(
    ([name, part]) => JSON.stringify(part) === JSON.stringify(now[name as keyof LabView]),
  );
  return { ...now, ...Object.fromEntries(parts) };
}

/**
 * Only one tab reads at a time. After a reset the first answer sets the new lab's cookie, and the other tabs send it.
 * Otherwise each tab would create a lab of its own.
 */
function inTurnOfTabs<T>(call: () => Promise<T>): Promise<T> {
  return navigator.locks ? navigator.locks.request("loginscope lab", call) : call();
}

/** How many answers in a row were about a different lab than the answer before. A reset causes one such change only. */
function countMoves(firstId: string | undefined): (id: string) => number {
  let last = firstId;
  let moves = 0;
  return (id) => {
    moves = last === undefined || last === id ? 0 : moves + 1;
    last = id;
    return moves;
  };
}
