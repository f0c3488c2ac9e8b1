"use client";

import type { AuditView } from "@/lib/lab/lab-view.ts";
import { read } from "../../_browser/answer-error.ts";
import { type Pages, usePages } from "../../_browser/use-pages.ts";

/** The events of the lab, newest first, page by page. It starts with the page that the server rendered. */
export function useAudit(first: AuditView | null): Pages<AuditView> {
  return usePages<AuditView, string>(
    (next) => (next === null ? "/api/audit" : `/api/audit?before=${next}`),
    (path) => read(path),
    { ...(first && { first }), revalidateOnMount: false },
  );
}
