"use client";

import useSWRInfinite, { type SWRInfiniteConfiguration } from "swr/infinite";
import type { AnswerError } from "./answer-error.ts";
import type { Problem } from "./api.ts";

/** A list that is read page by page. */
export type Pages<Page> = {
  readonly pages: readonly Page[];
  /** Why the last read failed. The list is then the one of the last success. */
  readonly problem: Problem | null;
  readonly more: boolean;
  readonly older: () => void;
  readonly reread: () => Promise<unknown>;
};

type Next = { readonly next: string | number | null };

/** `keyOf`: the SWR key of a page, made from the `next` of the page before it. `null`: read no page. */
export function usePages<Page extends Next, Key extends string | readonly unknown[]>(
  keyOf: (next: Page["next"]) => Key | null,
  read: (key: Key) => Promise<Page>,
  options: SWRInfiniteConfiguration<Page, AnswerError> = {},
): Pages<Page> {
  const { data, error, setSize, mutate } = useSWRInfinite<Page, AnswerError>(
    (index: number, previous: Page | null) =>
      index > 0 && previous?.next == null ? null : keyOf(previous?.next ?? null),
    read,
    { revalidateAll: true, ...options },
  );
  const pages = data ?? [];
  return {
    pages,
    problem: error?.problem ?? null,
    more: pages.at(-1)?.next != null,
    older: () => void setSize((size) => size + 1),
    reread: () => mutate(),
  };
}
