"use client";

import useSWR from "swr";
import type { CountsView, PeopleView } from "@/lib/features/admin/model.ts";
import { type AnswerError, read } from "../../_browser/answer-error.ts";
import { type Pages, usePages } from "../../_browser/use-pages.ts";
import { adminBearer } from "./admin-calls.ts";

export type AdminReading = Pages<PeopleView> & { readonly counts: CountsView | null };

/** The admin who reads. Another admin has another list. `null`: no admin is logged in. */
export type Asking = { readonly username: string; readonly withToken: boolean } | null;

type Key = readonly [path: string, username: string, withToken: boolean];

/** The people of the lab with their live logins, page by page, and the counts of live records. */
export function useAdmin(asking: Asking): AdminReading {
  const keyOf = (path: string): Key | null => asking && [path, asking.username, asking.withToken];
  const readAs = <T>([path, , withToken]: Key) => read<T>(path, adminBearer(withToken));
  const people = usePages<PeopleView, Key>(
    (next) => keyOf(`/api/admin/users${next === null ? "" : `?after=${encodeURIComponent(next)}`}`),
    readAs<PeopleView>,
    { shouldRetryOnError: false },
  );
  const counts = useSWR<CountsView, AnswerError>(keyOf("/api/admin/counts"), readAs<CountsView>, {
    shouldRetryOnError: false,
  });
  return {
    ...people,
    counts: counts.data ?? null,
    problem: people.problem ?? counts.error?.problem ?? null,
    reread: () => Promise.all([people.reread(), counts.mutate()]),
  };
}
