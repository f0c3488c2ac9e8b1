import type { AuthEvent } from "../../core/ports.ts";

/** One page of somebody's logins, newest first. `next` is the `before` of the page after it. */
export type HistoryView = { readonly logins: readonly PastLogin[]; readonly next: number | null };

/** A login of the person who asks, or something that befell one. */
export type PastLogin = {
  readonly id: number;
  /** ISO 8601, lab clock. */
  readonly at: string;
  readonly event: (typeof historyEvents)[number];
  /** Why the person should look at it, in words; `null`: nothing is odd about it. */
  readonly alert: string | null;
} & Readonly<Record<"flow" | "variant" | "device" | "ip", string | null>>;

/** What of the audit concerns whoever wants to know where they were logged in. */
export const historyEvents = ["logged-in", "refresh-reuse-detected"] as const satisfies readonly AuthEvent["type"][];
