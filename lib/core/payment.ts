import type { FlowId } from "./ids.ts";
import type { FlowRequest } from "./request.ts";
import type { Result } from "./result.ts";
import { type Duration, type Instant, minute } from "./time.ts";
import type { Identity } from "./user.ts";

/** Whoever gave their password so long ago at most is asked for nothing more before something delicate (ASVS 7.5.3). */
export const lately: Duration = 5 * minute;

/** A payment session that counts now. */
export type PaymentSession = { readonly user: Identity; readonly openedAt: Instant; readonly expiresAt: Instant };

/** A short session for paying, with an id and a record of its own, beside an ordinary login that it cannot outlive. */
export interface PaymentSessions {
  /** Wants a login whose password was proved lately: else REAUTHENTICATION_REQUIRED. One beside each login. */
  open(request: FlowRequest): Promise<Result<PaymentSession>>;
  /** Is one open, beside the login of this very request? Extends neither. */
  look(request: FlowRequest): Promise<Result<PaymentSession>>;
  /** Ends it, and leaves the login as it is. Succeeds also when none was open. */
  end(request: FlowRequest): Promise<Result<null>>;
}

/** Where its records are: apart from the flow's logins, so that neither is ever found for the other. */
export function paymentPlace(flow: FlowId): FlowId {
  return `${flow}.payment`;
}
