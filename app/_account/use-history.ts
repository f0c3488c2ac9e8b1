"use client";

import type { HistoryView } from "@/lib/features/audit/model.ts";
import { read } from "../_browser/answer-error.ts";
import { accessToken } from "../_browser/tokens/access-token.ts";
import { type Pages, usePages } from "../_browser/use-pages.ts";

type Asking = {
  readonly username: string;
  readonly withToken: boolean;
  /** Sends the request after the actions in progress. `null`: an action ended the login, so no request was sent. */
  readonly inTurn: <T>(call: () => Promise<T>) => Promise<T | null>;
};

const nothing: HistoryView = { logins: [], next: null };

type Key = readonly [path: string, username: string, withToken: boolean];

const shown = 6;

/** The login history of the person behind this browser's requests, newest first, page by page. */
export function useHistory(asking: Asking | null): Pages<HistoryView> {
  return usePages<HistoryView, Key>(
    (next) => {
      const from = next === null ? "" : `&before=${next}`;
      return asking && [`/api/account/history?limit=${shown}${from}`, asking.username, asking.withToken];
    },
    async ([path, , withToken]) => {
      const bearer = () => (withToken ? (accessToken() ?? undefined) : undefined);
      return (await asking?.inTurn(() => read<HistoryView>(path, bearer()))) ?? nothing;
    },
    { revalidateOnFocus: false, shouldRetryOnError: false },
  );
}
