import type { Asked } from "../../core/flow.ts";
import type { Grant, Principal } from "../../core/login.ts";
import type { TokenClaims } from "../../core/ports.ts";
import type { LoginRecord } from "../../core/record.ts";
import type { FlowRequest } from "../../core/request.ts";
import type { Result } from "../../core/result.ts";
import type { Instant } from "../../core/time.ts";
import { identityOf, type User, type UserId } from "../../core/user.ts";

/** One way in which a client holds a login, and how it is verified. Each login has one record. */
export type Way = {
  authenticate(request: FlowRequest, how: Asked): Promise<Result<Principal>>;
  /** The logins of this request in this way, live or ended; the one that would renew the request comes first. */
  loginsOf(request: FlowRequest): Promise<readonly LoginOfRequest[]>;
  /** A new secret or name; the record is found by its hash. */
  mint(): string;
  /** Makes the client's credential. UNPROCESSABLE if its cookie does not fit: the names in it are too long. */
  make(request: FlowRequest, secret: string, record: LoginRecord, user: User): Promise<Result<Made>>;
  /** Deletes the credential from the client's cookie jar, if it has one. */
  forget(request: FlowRequest): void;
  /** Exchanges a credential that renews for a new access credential. */
  refresh?(request: FlowRequest): Promise<Result<Renewed>>;
  /** Whose is this credential? For one that a service passed on, or one that only renews. Judged by its record. */
  look?(request: FlowRequest, how: Asked): Promise<Result<Principal>>;
};

/** `key`: absent if only a token names the login. `live`: it was not ended. */
export type LoginOfRequest = {
  readonly id: string;
  readonly userId: UserId;
  readonly key?: string;
  readonly live: boolean;
};

export function loginOf({ id, userId, key, ended }: LoginRecord): LoginOfRequest {
  return { id, userId, key, live: ended === null };
}

/** `expiresAt`: when the credential that proves who asks ends, if it is not used. */
export type Given = Pick<Grant, "issuedAt" | "expiresAt" | "accessToken">;

/** A credential before the client has it. `deliver` sets its cookies, where it has any. */
export type Made = { readonly given: Given; deliver(): void };

export type Renewed = { readonly record: LoginRecord; readonly user: User; readonly given: Given };

/** The claims of a token of this login. */
export function claimsOf(
  record: LoginRecord,
  user: User,
  token: { readonly jti: string; readonly issuedAt: Instant; readonly expiresAt: Instant },
): TokenClaims {
  return {
    ...token,
    subject: user.id,
    identity: identityOf(user),
    version: user.version,
    authenticatedAt: record.authenticatedAt,
    record: record.id,
  };
}
