import type { VariantId } from "./ids.ts";
import type { Duration, Instant } from "./time.ts";
import type { UserId } from "./user.ts";

/** Why a record ended before its time. */
export type EndReason = "logout" | "revoked" | "replaced" | "reuse-detected" | "evicted";

export type Ended = { readonly at: Instant; readonly reason: EndReason };

type LoginFields = {
  /** Public: names the record in lists. Knowing it gives no access. */
  readonly id: string;
  readonly variant: VariantId;
  readonly userId: UserId;
  /** The user's version at the login. If the version has changed since, the record no longer counts. */
  readonly userVersion: number;
  readonly createdAt: Instant;
  readonly lastSeenAt: Instant;
  readonly authenticatedAt: Instant;
  /** Until when a sensitive action needs no password again (ASVS 7.5.3). */
  readonly elevatedUntil: Instant;
  /** The absolute end. */
  readonly endsAt: Instant;
  readonly remembered: boolean;
  readonly ip: string;
  readonly userAgent: string;
  readonly device: string;
  readonly ended: Ended | null;
};

/** The server's record of one login. */
export type LoginRecord = LoginFields & {
  /** SHA-256 of the client's credential, or of the token's `jti`. */
  readonly key: string;
  readonly idleFor: Duration;
  readonly idleEndsAt: Instant;
};

/** A chain of refresh tokens that began with one login. */
export type RefreshFamily = LoginFields & { readonly client: "browser" | "native" };

export type RefreshToken = {
  readonly hash: string;
  readonly jti: string;
  readonly familyId: string;
  /** 1 for the token from the login; each successor has one more. */
  readonly generation: number;
  readonly createdAt: Instant;
  readonly usedAt: Instant | null;
};
