import type { FlowId, VariantId } from "../../core/ids.ts";
import type { StoreName } from "../../core/settings.ts";
import type { Identity, UserId } from "../../core/user.ts";
import type { SessionView } from "../../lab/lab-view.ts";

/** One page of the people of a lab, as `GET /api/admin/users` tells an admin of it. */
export type PeopleView = {
  readonly people: readonly PersonOfLab[];
  /** The accepted variants whose logins no server can list, each with the reason from its manifest. */
  readonly cannotList: readonly CannotList[];
  /** Variants whose store did not answer: what is live there is not in this list. */
  readonly unanswered: readonly VariantId[];
  /** The `after` of the following page. */
  readonly next: string | null;
};

export type CannotList = { readonly flow: FlowId; readonly variant: VariantId; readonly why: string };

/** A person, with their live logins of every flow. */
export type PersonOfLab = Identity & { readonly disabled: boolean; readonly logins: readonly LoginOfPerson[] };

export type LoginOfPerson = SessionView & { readonly flow: FlowId; readonly variant: VariantId };

/** Which one login is to end. */
export type OneLogin = { readonly user: UserId; readonly flow: FlowId; readonly session: string };

/** What is live in a lab right now, as `GET /api/admin/counts` tells an admin of it. */
export type CountsView = {
  /** Records that have not ended; one that a raised version has overtaken counts until its end. */
  readonly live: readonly LiveCount[];
  /** Tokens that were ended before their `exp` and have not reached it. */
  readonly deniedTokens: number;
  readonly people: number;
  /** What the process's last clean-up deleted, in all labs; `null`: there was none yet. */
  readonly cleanUp: CleanUpView | null;
  /** So many passwords were answered OVERLOADED in all labs, since the process started. */
  readonly overloaded: number;
};

export type LiveCount = {
  readonly flow: FlowId;
  readonly kind: "session" | "refresh family" | "payment session";
  readonly store: StoreName;
  /** `null`: the store does not answer. */
  readonly count: number | null;
};

/** How many of each a clean-up deleted. */
export type Swept = {
  readonly labs: number;
  readonly records: number;
  readonly families: number;
  readonly deniedTokens: number;
};

/** `at`: system clock, ISO 8601. */
export type CleanUpView = Swept & { readonly at: string };
