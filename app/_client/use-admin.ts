"use client";

import useSWR from "swr";
import useSWRInfinite from "swr/infinite";
import type { CountsView, PeopleView } from "@/lib/core/admin-view.ts";
import { adminBearer } from "./admin-calls.ts";
import { ask, type Problem } from "./api.ts";

export type AdminReading = {
  readonly pages: readonly PeopleView[];
  readonly counts: CountsView | null;
  /** Why the last reading failed; what is shown is then the last one that was had. */
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

/** Who asks; another admin has another list. `null`: nobody may. */
export type Asking = { readonly username: string; readonly withToken: boolean } | null;

type Key = readonly [path: string, username: string, withToken: boolean];

async function read<T>([path, , withToken]: Key): Promise<T> {
  const answer = await ask<T>(path, { bearer: adminBearer(withToken) });
  if (!answer.ok) throw new Unread(answer);
  return answer.body;
}

/** The people of the lab with their live logins, page by page, and what is live in it. */
export function useAdmin(asking: Asking): AdminReading {
  const keyOf = (path: string): Key | null => asking && [path, asking.username, asking.withToken];
  const people = useSWRInfinite<PeopleView, Unread>(
    (index: number, previous: PeopleView | null) => {
      if (index === 0) return keyOf("/api/admin/users");
      return previous?.next == null ? null : keyOf(`/api/admin/users?after=${encodeURIComponent(previous.next)}`);
    },
    read<PeopleView>,
    { revalidateAll: true, shouldRetryOnError: false },
  );
  const counts = useSWR<CountsView, Unread>(keyOf("/api/admin/counts"), read<CountsView>, {
    shouldRetryOnError: false,
  });
  const pages = people.data ?? [];
  return {
    pages,
    counts: counts.data ?? null,
    problem: people.error?.problem ?? counts.error?.problem ?? null,
    more: pages.at(-1)?.next != null,
    older: () => void people.setSize((size) => size + 1),
    reread: () => Promise.all([people.mutate(), counts.mutate()]),
  };
}
