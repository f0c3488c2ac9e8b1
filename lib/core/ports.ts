import type { CookieJar, CookieSpec } from "./cookie.ts";
import type { VariantId } from "./ids.ts";
import type { Principal } from "./login.ts";
import type { EndReason, LoginRecord, RefreshFamily, RefreshToken } from "./record.ts";
import type { Client } from "./request.ts";
import type { Refuse, Result } from "./result.ts";
import type { SessionData } from "./session-data.ts";
import type { VariantSettings } from "./settings.ts";
import type { Clock, Duration, Instant } from "./time.ts";
import type { Credentials, Identity, User, UserId } from "./user.ts";

/** The ports of a flow: all that its code may call. `lib/server` binds each port to one lab and one variant. */
export type FlowDeps = {
  /** Written into records, so that a list can name the variant of each login. */
  readonly variant: VariantId;
  readonly settings: VariantSettings;
  readonly users: Users;
  readonly records: Records;
  readonly data: SessionData;
  readonly families: RefreshFamilies;
  readonly revocation: Revocation;
  readonly signer: Signer;
  readonly cookieState: CookieState;
  readonly secrets: Secrets;
  readonly introspection: Introspection;
  readonly random: Random;
  readonly clock: Clock;
  readonly log: EventLog;
  readonly refuse: Refuse;
};

/** How a store is asked. `fresh`: past a read cache, where one is in front of it. */
export type HowRead = { readonly fresh: boolean };

export interface Users {
  /** The person, if the password is right and the account is not disabled. Takes the same time for an unknown name. */
  verify(credentials: Credentials): Promise<User | null>;
  find(id: UserId, how?: HowRead): Promise<User | null>;
  /** The person of exactly this name, disabled or not. A name is no proof of anything. */
  findByName(username: string, how?: HowRead): Promise<User | null>;
  /** Ends every earlier credential of the person in this flow, with one atomic increment. */
  raiseVersion(id: UserId): Promise<void>;
}

/** The revocation policy: ends credentials that have no record of their own. */
export interface Revocation {
  /** Asked after the signature or seal was found good: was this credential revoked? */
  check(
    credential: { readonly userId: UserId; readonly version: number; readonly jti?: string },
    how?: HowRead,
  ): Promise<Result<null>>;
  /** Ends all of a person's credentials in this flow. Absent in a policy that looks at the credential alone. */
  endAll?(userId: UserId): Promise<void>;
  /** Ends the one credential that was shown. Absent in a policy that knows persons and no single credential. */
  end?(credential: { readonly jti: string; readonly expiresAt: Instant }): Promise<void>;
}

/**
 * The tokens of one flow in one lab that were ended before their `exp`. A token is listed by its `jti`, not by its text
 * or a hash of it: one token can be written in several ways, and only one of them would be found.
 */
export interface Denylist {
  /**
   * `until`: the token's `exp`. From then on the token is refused as expired. Adding it twice has no further effect.
   */
  add(jti: string, until: Instant): Promise<void>;
  has(jti: string, how?: HowRead): Promise<boolean>;
  /** Deletes entries past their `exp`. Answers how many. */
  sweep(now: Instant): Promise<number>;
  count(): Promise<number>;
}

/** The records of one flow in one lab. A login has one record, found by the hash of its credential. */
export interface Records {
  /** A key leads to one record: an earlier one under the same key makes way, with its session data. */
  add(record: LoginRecord): Promise<void>;
  /** Finds ended records too, until a sweep, so that a refusal can say why. */
  find(key: string, how?: HowRead): Promise<LoginRecord | null>;
  /**
   * Moves the idle end of a live record on, and writes its index entries again. Answers false if the record is ended or
   * unknown.
   */
  touch(key: string, seen: { readonly at: Instant; readonly idleEndsAt: Instant }): Promise<boolean>;
  /**
   * Ends a live record. Answers true for the one call that ended it. Its session data is deleted in the same step. A
   * caller that has the record also passes its `key`, since a store may lose its index from id to record and still have
   * the record.
   */
  end(
    id: string,
    why: { readonly at: Instant; readonly reason: EndReason },
    how?: { readonly key?: string | undefined },
  ): Promise<boolean>;
  /**
   * Adds a record in the place of another, in one step: ends the live record `previous` as replaced, when the new one
   * begins. With `keepsData` its session data moves over. If `previous` is not live, nothing changes.
   */
  replace(
    previous: { readonly id: string; readonly key?: string | undefined },
    record: LoginRecord,
    how: { readonly keepsData: boolean },
  ): Promise<Replacement>;
  /** Ends the live records of a person, except one, and deletes their session data. Answers how many ended. */
  endAll(userId: UserId, why: { readonly at: Instant; readonly reason: EndReason }, exceptId?: string): Promise<number>;
  /** The live records of a person, newest first. */
  list(userId: UserId, now: Instant): Promise<readonly LoginRecord[]>;
  /** All records of this lab and flow, ended ones included, newest first: for pages that show what the server holds. */
  held(limit: number): Promise<readonly LoginRecord[]>;
  /** The number of live records, of all persons. */
  live(now: Instant): Promise<number>;
  /** Deletes records past their absolute end. Answers how many. */
  sweep(now: Instant): Promise<number>;
}

/**
 * What came of replacing a login. `done`, for the one call that ended it. `rival`: another login took its place first.
 * `over`: it ended for another reason, or is unknown.
 */
export type Replacement = "done" | "rival" | "over";

/** Refresh tokens, by family. Only hashes are stored. */
export interface RefreshFamilies {
  start(family: RefreshFamily, first: RefreshToken): Promise<void>;
  /** Starts a family in the place of a live one, in one step. If that is not live, nothing changes. */
  replace(previousId: string, family: RefreshFamily, first: RefreshToken): Promise<Replacement>;
  find(hash: string): Promise<{ readonly token: RefreshToken; readonly family: RefreshFamily } | null>;
  /**
   * Exchanges a token for its successor with one atomic conditional update: it succeeds once per token, and never in an
   * ended family. False: another request was first, or the family ended meanwhile.
   */
  rotate(hash: string, successor: RefreshToken, at: Instant): Promise<boolean>;
  end(familyId: string, why: { readonly at: Instant; readonly reason: EndReason }): Promise<boolean>;
  endAll(userId: UserId, why: { readonly at: Instant; readonly reason: EndReason }, exceptId?: string): Promise<number>;
  list(userId: UserId, now: Instant): Promise<readonly RefreshFamily[]>;
  /** The number of live families, of all persons. */
  live(now: Instant): Promise<number>;
  held(limit: number): Promise<readonly (RefreshFamily & { readonly tokens: readonly RefreshToken[] })[]>;
  sweep(now: Instant): Promise<number>;
}

/** The claims of a token. Times are in milliseconds; the adapter converts them to the seconds of RFC 7519 §4.1. */
export type TokenClaims = {
  readonly subject: UserId;
  readonly jti: string;
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
  /** Private claims. */
  readonly identity: Omit<Identity, "id">;
  readonly version: number;
  readonly authenticatedAt: Instant;
  /** The public id of the login's record or family, where there is one. */
  readonly record?: string;
};

/** Signs and verifies tokens of one purpose (`typ`), with exact `iss` and `aud` (RFC 8725 §3.8, §3.9, §3.11). */
export interface Signer {
  sign(purpose: TokenPurpose, claims: TokenClaims): Promise<string>;
  /**
   * Refuses with INVALID_CREDENTIAL or EXPIRED. Uses the server's keys and algorithm, never those that the token's
   * header names.
   */
  verify(purpose: TokenPurpose, token: string): Promise<Result<TokenClaims>>;
}

/** The token's `typ`: an access token for a header (RFC 9068 §2.1), or a login in a cookie. */
export type TokenPurpose = "at+jwt" | "login+jwt";

/**
 * State that travels inside a cookie, in the encoding of the variant. The encoding decides whether a client can read or
 * change it. The adapter always checks that the decoded value has the caller's type.
 */
export interface CookieState {
  /**
   * Refuses with NO_CREDENTIAL if the request has no such cookie, and with INVALID_CREDENTIAL if decoding fails or the
   * value has another type. The refusal's `at` names the step that failed.
   */
  read<T extends object>(jar: CookieJar, cookie: CookieSpec, is: (value: unknown) => value is T): Promise<Result<T>>;
  /**
   * Refuses with PAYLOAD_TOO_LARGE a cookie that browsers would drop silently. `spare`: the number of bytes to leave
   * free.
   */
  write(jar: CookieJar, cookie: CookieSpec, state: object, spare?: number): Promise<Result<null>>;
}

/** Opaque secrets that a client holds. The server stores only their hash. */
export interface Secrets {
  /** 256 random bits (ASVS 7.2.3 asks for 128), addressed to this lab and variant. */
  mint(): string;
  /** Asked before the look-up: did this server make this secret? Absent for secrets without a signature. */
  isGenuine?(secret: string): boolean;
  /** The successor of a secret. It is computed: each call answers the same one, and only with the server's key. */
  successor(secret: string): string;
  /** All possible successors of a secret: under the current application secret first, then under earlier ones. */
  successors(secret: string): readonly string[];
  /** The value that is stored instead of the secret. */
  hash(secret: string): string;
}

/** A session service that answers other services whether a login still counts (RFC 7662). */
export interface Introspection {
  /**
   * Says whose token this is, for the client that sent it. With `touch` the service moves the idle end on.
   * INVALID_CREDENTIAL for a token that is not active, without a reason (RFC 7662 §2.2). Throws StoreUnavailable if the
   * service does not answer.
   */
  ask(token: string, how: { readonly touch: boolean; readonly client: Client }): Promise<Result<Principal>>;
}

/**
 * The tokens that a gateway sends to one service behind it, in place of the visitor's credential. Such a token has a
 * type of its own, is for that service alone, and names the person and no more.
 */
export interface InternalTokens {
  issue(subject: UserId): Promise<string>;
  /** Verifies by the token alone, without a look-up. Refuses with INVALID_CREDENTIAL or EXPIRED. */
  verify(token: string): Promise<Result<{ readonly subject: UserId }>>;
}

export interface Random {
  /** A public identifier. Knowing it gives no access. */
  id(): string;
}

export type EventLog = {
  /**
   * Called after the event, which is named in the past tense. An event never contains a credential. `onceIn`: the same
   * event of the same sender is not written again within that time.
   */
  record(event: AuthEvent, how?: { readonly onceIn: Duration }): void;
};

export type AuthEvent = {
  readonly type:
    | "logged-in"
    /** The person had another live login then, from another place. */
    | "parallel-login"
    | "login-refused"
    | "logged-out"
    | "refreshed"
    | "refresh-refused"
    | "refresh-reuse-detected"
    | "revoked"
    | "password-changed"
    | "password-change-refused"
    | "reauthenticated"
    | "reauthentication-refused"
    /** Another site's page asked for a change. */
    | "cross-site-refused"
    | "keys-rotated"
    | "coins-transferred"
    | "payment-opened"
    | "payment-ended"
    | "role-changed"
    | "user-disabled"
    | "user-enabled"
    /** A login was accepted from another client than the one that it was given to. */
    | "client-changed"
    /** The same, refused. */
    | "client-refused"
    | "evicted";
  readonly userId?: UserId;
  /** The public id of the record concerned. */
  readonly recordId?: string;
  readonly detail?: string;
};

/**
 * Selects events: newest first, older than the event `before`, and only of that person, those types or those records.
 */
export type EventsWanted = {
  readonly before?: number;
  readonly limit: number;
  readonly userId?: UserId;
  readonly types?: readonly AuthEvent["type"][];
  readonly recordIds?: readonly string[];
};

/** An event as it was stored. */
export type RecordedEvent = {
  /** Ascending within a lab. */
  readonly id: number;
  /** Lab clock. */
  readonly at: Instant;
  readonly type: string;
} & Readonly<Record<"userId" | "recordId" | "flow" | "variant" | "detail" | "ip" | "device", string | null>>;
