"use client";

import { useState } from "react";
import useSWR, { type SWRConfiguration } from "swr";
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

/** The pages of one list: of one person, or of one lab. */
type Read<Page> = { readonly list: string; readonly pages: readonly Page[] };

type PagesOptions<Page> = Omit<SWRConfiguration<Read<Page>, AnswerError>, "fallbackData"> & {
  /** The page that the server rendered. */
  readonly first?: Page;
};

/** `keyOf`: names a page, from the `next` of the page before it. `null`: read no page. Each read is one of all pages. */
export function usePages<Page extends Next, Key extends string | readonly unknown[]>(
  keyOf: (next: Page["next"]) => Key | null,
  read: (key: Key) => Promise<Page>,
  { first, ...options }: PagesOptions<Page> = {},
): Pages<Page> {
  const key = keyOf(null);
  const list = JSON.stringify(key);
  const [wanted, setWanted] = useState({ list, size: 1 });
  const size = wanted.list === list ? wanted.size : 1;
  const { data, error, mutate } = useSWR<Read<Page>, AnswerError>(
    key === null ? null : ["pages", list, size],
    async () => ({ list, pages: await readPages(keyOf, read, size) }),
    // A longer list keeps the shorter one until it is read. Another list does not: see below.
    { keepPreviousData: true, ...(first && { fallbackData: { list, pages: [first] } }), ...options },
  );
  const pages = key !== null && data?.list === list ? data.pages : [];
  return {
    pages,
    problem: error?.problem ?? null,
    more: pages.at(-1)?.next != null,
    older: () => setWanted({ list, size: size + 1 }),
    reread: () => mutate(),
  };
}

async function readPages<Page extends Next, Key>(
  keyOf: (next: Page["next"]) => Key | null,
  read: (key: Key) => Promise<Page>,
  size: number,
): Promise<readonly Page[]> {
  const pages: Page[] = [];
  while (pages.length < size) {
    const before = pages.at(-1);
    const key = before?.next === null ? null : keyOf(before?.next ?? null);
    if (key === null) break;
    pages.push(await read(key));
  }
  return pages;
}
