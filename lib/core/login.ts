import type { VariantId } from "./ids.ts";
import { type Duration, type Instant, type LifetimeName, minute } from "./time.ts";
import type { Identity, UserId } from "./user.ts";

export type LoginOptions = {
  /** Lengthens the absolute end. */
  readonly remember?: boolean;
  /** A native client has no cookie jar: it keeps its tokens itself. */
  readonly client: "browser" | "native";
};

/** What a login or a refresh gives. What travels in cookies is in the jar already. */
export type Grant = {
  readonly user: Identity;
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
  /** The public id of the server's record, where there is one. */
  readonly recordId?: string;
  readonly accessToken?: { readonly value: string; readonly expiresAt: Instant };
  /** Only for who keeps it themselves: a native client, or a page that stores what it should not. */
  readonly refreshToken?: { readonly value: string; readonly expiresAt: Instant };
};

/** The person behind a credential that was accepted. */
export type Principal = {
  readonly user: Identity;
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
  /** The ends that only the credential itself knows: those of a login without a record. */
  readonly ends?: Partial<Record<LifetimeName, Instant>>;
  /** When the password was last proved in this login. */
  readonly authenticatedAt: Instant;
  /** The public id of the server's record, where there is one. */
  readonly recordId?: string;
  /** The `jti` of the token that was shown, where a flow can end that one alone. */
  readonly jti?: string;
};

/** A password that was given so long ago at most is not asked for again before something delicate (ASVS 7.5.3). */
export const lately: Duration = 5 * minute;

export type RecordSummary = {
  readonly id: string;
  /** What made it. */
  readonly variant: VariantId;
  readonly createdAt: Instant;
  readonly lastSeenAt: Instant;
  readonly expiresAt: Instant;
  readonly device: string;
  readonly ip: string;
};

/** Whose logins, and which of them. `current` and `others` are told apart by the actor's own record. */
export type RevokeTarget = { readonly user: UserId } & (
  | { readonly scope: "current" | "others" | "all" }
  | { readonly session: string }
);
