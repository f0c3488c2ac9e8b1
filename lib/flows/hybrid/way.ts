import type { Grant, Principal } from "../../core/login.ts";
import type { TokenClaims } from "../../core/ports.ts";
import type { LoginRecord } from "../../core/record.ts";
import type { FlowRequest } from "../../core/request.ts";
import type { Result } from "../../core/result.ts";
import type { Instant } from "../../core/time.ts";
import { identityOf, type User, type UserId } from "../../core/user.ts";

/** One way in which a client holds a login, and what it takes to believe it. Behind each stands one record a login. */
export type Way = {
  authenticate(request: FlowRequest, touch: boolean): Promise<Result<Principal>>;
  /** The login that this request speaks of, whether it still counts or not. */
  loginOf(request: FlowRequest): Promise<Login | null>;
  /** A new secret or name, by whose hash the record will be found. */
  mint(): string;
  /** Hands the client what it will show: in the jar, or in what is answered. */
  give(request: FlowRequest, secret: string, record: LoginRecord, user: User): Promise<Given>;
  /** Takes it out of the client's jar, where there is one. */
  forget(request: FlowRequest): void;
  /** A new credential for the one that renews it. */
  refresh?(request: FlowRequest): Promise<Result<Renewed>>;
  /** Who is behind a credential that is not shown to get in: one that was passed on, or that only renews? By the record itself. */
  look?(request: FlowRequest, touch: boolean): Promise<Result<Principal>>;
};

export type Login = { readonly id: string; readonly userId: UserId };

/** `expiresAt`: when what proves who asks ends if nothing happens. */
export type Given = Pick<Grant, "issuedAt" | "expiresAt" | "accessToken">;

export type Renewed = { readonly record: LoginRecord; readonly user: User; readonly given: Given };

/** What a token of this login says. */
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
