import type { VariantId } from "./ids.ts";
import { type Duration, type Instant, type LifetimeName, minute } from "./time.ts";
import type { Identity, UserId } from "./user.ts";

export type LoginOptions = {
  /** Lengthens the absolute end. */
  readonly remember?: boolean;
  /** A native client has no cookie jar: it keeps its tokens itself. */
  readonly client: "browser" | "native";
};

/** The result of a login or a refresh. Credentials in cookies are in the cookie jar already. */
export type Grant = {
  readonly user: Identity;
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
  /** The public id of the server's record, if there is one. */
  readonly recordId?: string;
  readonly accessToken?: { readonly value: string; readonly expiresAt: Instant };
  /** Only for clients that keep it themselves: a native client, or a page that stores it, which is wrong on purpose. */
  readonly refreshToken?: { readonly value: string; readonly expiresAt: Instant };
};

/** The person behind a credential that was accepted. */
export type Principal = {
  readonly user: Identity;
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
  /** Only for a login without a record: the ends that its credential carries. */
  readonly ends?: Partial<Record<LifetimeName, Instant>>;
  /** When the password was last given in this login. */
  readonly authenticatedAt: Instant;
  /** As the record says. Absent: there is none, or its credential is believed without it. */
  readonly elevatedUntil?: Instant;
  /** The public id of the server's record, if there is one. */
  readonly recordId?: string;
  /** The key by which the record was found; absent if only a token names the record. */
  readonly recordKey?: string;
  /** The `jti` of the token on this request, if the flow can end that token alone. */
  readonly jti?: string;
};

/** The longest time since the password was given after which a sensitive action is still allowed (ASVS 7.5.3). */
export const lately: Duration = 5 * minute;

/** Until when this login is elevated: a sensitive action needs no password again (ASVS 7.5.3). */
export function elevatedUntil(login: Pick<Principal, "authenticatedAt" | "elevatedUntil">): Instant {
  return login.elevatedUntil ?? login.authenticatedAt + lately;
}

export type RecordSummary = {
  readonly id: string;
  /** The variant that made the record. */
  readonly variant: VariantId;
  readonly createdAt: Instant;
  readonly lastSeenAt: Instant;
  readonly expiresAt: Instant;
  readonly device: string;
  readonly ip: string;
};

/** The person, and which of their logins. `current` and `others` are decided by the actor's own record. */
export type RevokeTarget = { readonly user: UserId } & (
  | { readonly scope: "current" | "others" | "all" }
  | { readonly session: string }
);
