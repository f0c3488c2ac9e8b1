"use client";

import useSWRInfinite from "swr/infinite";
import type { HistoryView } from "@/lib/core/history-view.ts";
import { accessToken } from "./access-token.ts";
import { ask, type Problem } from "./api.ts";

export type History = {
  readonly pages: readonly HistoryView[];
  readonly problem: Problem | null;
  readonly more: boolean;
  readonly older: () => void;
  readonly reread: () => Promise<unknown>;
};

class Unread extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

type Asking = {
  readonly username: string;
  readonly withToken: boolean;
  /** Asks once what is being done is done; `null`: that ended the login, and there is nobody to ask as. */
  readonly inTurn: <T>(call: () => Promise<T>) => Promise<T | null>;
};

const nothing: HistoryView = { logins: [], next: null };

type Key = readonly [path: string, username: string, withToken: boolean];

const shown = 6;

/** The logins of whoever this browser speaks for, newest first, page by page. */
export function useHistory(asking: Asking | null): History {
  const { data, error, setSize, mutate } = useSWRInfinite<HistoryView, Unread>(
    (index: number, previous: HistoryView | null): Key | null => {
      if (!asking || (index > 0 && previous?.next == null)) return null;
      const from = index === 0 ? "" : `&before=${previous?.next}`;
      return [`/api/account/history?limit=${shown}${from}`, asking.username, asking.withToken];
    },
    async ([path, , withToken]: Key) => {
      const answer = await asking?.inTurn(() =>
        ask<HistoryView>(path, { bearer: withToken ? (accessToken() ?? undefined) : undefined }),
      );
      if (!answer) return nothing;
      if (!answer.ok) throw new Unread(answer);
      return answer.body;
    },
    { revalidateAll: true, revalidateOnFocus: false, shouldRetryOnError: false },
  );
  const pages = asking ? (data ?? []) : [];
  return {
    pages,
    problem: asking ? (error?.problem ?? null) : null,
    more: pages.at(-1)?.next != null,
    older: () => void setSize((size) => size + 1),
    reread: () => mutate(),
  };
}
