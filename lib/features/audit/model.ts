import type { CredentialKind } from "../../core/credential.ts";
import type { AuthEvent } from "../../core/ports.ts";

/** One page of a person's logins, newest first. `next` is the `before` of the following page. */
export type HistoryView = { readonly logins: readonly PastLogin[]; readonly next: number | null };

/** One token of a login at one place. Times are ISO 8601 on the lab's clock, to the minute. */
export type PastUse = {
  /** Proves who asks, or renews. */
  readonly kind: CredentialKind;
  /** The beginning of the token's SHA-256. */
  readonly token: string;
  readonly firstAt: string;
  readonly lastAt: string;
  readonly device: string;
  readonly ip: string;
};

/** A login of the caller, or an event that concerns one. */
export type PastLogin = {
  readonly id: number;
  /** ISO 8601, lab clock. */
  readonly at: string;
  readonly event: (typeof historyEvents)[number];
  /** Why the person should look at this entry; `null`: it is not suspicious. */
  readonly alert: string | null;
  /** Where its tokens were used, newest first; `null`: the flow keeps no login that a use belongs to. */
  readonly uses: readonly PastUse[] | null;
} & Readonly<Record<"flow" | "variant" | "device" | "ip", string | null>>;

/** The event types that a login history shows. */
export const historyEvents = [
  "logged-in",
  "refresh-reuse-detected",
  "client-changed",
  "client-refused",
] as const satisfies readonly AuthEvent["type"][];
