"use client";

import useSWRInfinite from "swr/infinite";
import type { AuditView } from "@/lib/core/lab-view.ts";
import { ask, type Problem } from "./api.ts";

export type Audit = {
  readonly pages: readonly AuditView[];
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

/** The events of the lab, newest first, page by page, starting from the page that the server drew. */
export function useAudit(first: AuditView | null): Audit {
  const { data, error, setSize, mutate } = useSWRInfinite<AuditView, Unread>(
    (index: number, previous: AuditView | null) => {
      if (index === 0) return "/api/audit";
      return previous?.next == null ? null : `/api/audit?before=${previous.next}`;
    },
    async (path: string) => {
      const answer = await ask<AuditView>(path);
      if (!answer.ok) throw new Unread(answer);
      return answer.body;
    },
    { ...(first ? { fallbackData: [first] } : {}), revalidateOnMount: false, revalidateAll: true },
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
