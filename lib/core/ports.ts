import type { CookieJar, CookieSpec } from "./cookie.ts";
import type { VariantId } from "./ids.ts";
import type { Principal } from "./login.ts";
import type { EndReason, LoginRecord, RefreshFamily, RefreshToken } from "./record.ts";
import type { Refuse, Result } from "./result.ts";
import type { SessionData } from "./session-data.ts";
import type { VariantSettings } from "./settings.ts";
import type { Clock, Instant } from "./time.ts";
import type { Credentials, Identity, User, UserId } from "./user.ts";

/** Everything a flow may touch. The composition root binds each port to one lab and one variant. */
export type FlowDeps = {
  /** Written into records, so that a list can say what made them. */
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

export interface Users {
  /** The person, if the password is theirs and they are not disabled. Takes the same time for an unknown name. */
  verify(credentials: Credentials): Promise<User | null>;
  find(id: UserId): Promise<User | null>;
  /** Ends everything that this flow issued to the person before, in one atomic increment. */
  raiseVersion(id: UserId): Promise<void>;
}

/** What ends a credential that has no record of its own. */
export interface Revocation {
  /** Asked for each credential whose signature or seal is good: is it still wanted? */
  check(credential: {
    readonly userId: UserId;
    readonly version: number;
    readonly jti?: string;
  }): Promise<Result<null>>;
  /** Ends all of a person's credentials in this flow. Absent where nothing besides the credential is asked. */
  endAll?(userId: UserId): Promise<void>;
  /** Ends the one credential that was shown. Absent where the policy knows people and no single credential. */
  end?(credential: { readonly jti: string; readonly expiresAt: Instant }): Promise<void>;
}

/**
 * The tokens of one flow in one lab that ended before their `exp`. A token is named by its `jti`, never by its
 * text or a hash of it: one token can be written in several ways, and all but one would not be found.
 */
export interface Denylist {
  /** `until`: the token's `exp`, from when on it is refused without being listed. Adding twice is adding once. */
  add(jti: string, until: Instant): Promise<void>;
  has(jti: string): Promise<boolean>;
  /** Deletes what is refused by its `exp` anyway. Answers how many. */
  sweep(now: Instant): Promise<number>;
  count(): Promise<number>;
}

/** The records of one flow in one lab: one a login, found by the hash of what the client holds. */
export interface Records {
  add(record: LoginRecord): Promise<void>;
  /** Ended records too, until they are cleaned up: so a refusal can say why. */
  find(key: string): Promise<LoginRecord | null>;
  /** Moves the idle end of a live record on. False if it is ended or unknown. */
  touch(key: string, seen: { readonly at: Instant; readonly idleEndsAt: Instant }): Promise<boolean>;
  /**
   * Ends a live record, once: answers whether this call ended it. What is kept with it goes as well, or over to
   * the live record `heirId`, at the same moment.
   */
  end(id: string, why: { readonly at: Instant; readonly reason: EndReason }, heirId?: string): Promise<boolean>;
  /** Ends the live records of a person, but for the one excepted, with what is kept with them. Answers how many. */
  endAll(userId: UserId, why: { readonly at: Instant; readonly reason: EndReason }, exceptId?: string): Promise<number>;
  /** The live records of a person, newest first. */
  list(userId: UserId, now: Instant): Promise<readonly LoginRecord[]>;
  /** Every record of this lab and flow, ended ones included, newest first: what the server holds. */
  held(limit: number): Promise<readonly LoginRecord[]>;
  /** How many live records there are, of everybody. */
  live(now: Instant): Promise<number>;
  /** Deletes what is past its absolute end. Answers how many. */
  sweep(now: Instant): Promise<number>;
}

/** Refresh tokens, by family. Only hashes are kept. */
export interface RefreshFamilies {
  start(family: RefreshFamily, first: RefreshToken): Promise<void>;
  find(hash: string): Promise<{ readonly token: RefreshToken; readonly family: RefreshFamily } | null>;
  /**
   * Exchanges a token for its successor with one atomic conditional update: it succeeds once per token,
   * and never in an ended family. False: somebody else was first, or the family ended meanwhile.
   */
  rotate(hash: string, successor: RefreshToken, at: Instant): Promise<boolean>;
  end(familyId: string, why: { readonly at: Instant; readonly reason: EndReason }): Promise<boolean>;
  endAll(userId: UserId, why: { readonly at: Instant; readonly reason: EndReason }, exceptId?: string): Promise<number>;
  list(userId: UserId, now: Instant): Promise<readonly RefreshFamily[]>;
  /** How many live families there are, of everybody. */
  live(now: Instant): Promise<number>;
  held(limit: number): Promise<readonly (RefreshFamily & { readonly tokens: readonly RefreshToken[] })[]>;
  sweep(now: Instant): Promise<number>;
}

/** What a token says. Times in milliseconds; the adapter turns them into the seconds of RFC 7519 §4.1. */
export type TokenClaims = {
  readonly subject: UserId;
  readonly jti: string;
  readonly issuedAt: Instant;
  readonly expiresAt: Instant;
  /** Private claims. */
  readonly identity: Omit<Identity, "id">;
  readonly version: number;
  readonly authenticatedAt: Instant;
  /** The record or family behind the token, where there is one. */
  readonly record?: string;
};

/** Signs and verifies tokens of one purpose (`typ`), with exact `iss` and `aud` (RFC 8725 §3.8, §3.9, §3.11). */
export interface Signer {
  sign(purpose: TokenPurpose, claims: TokenClaims): Promise<string>;
  /** INVALID_CREDENTIAL or EXPIRED. Never trusts a key or an algorithm that the token itself brings. */
  verify(purpose: TokenPurpose, token: string): Promise<Result<TokenClaims>>;
}

/** The token's `typ`: an access token for a header (RFC 9068 §2.1), or a login that lives in a cookie. */
export type TokenPurpose = "at+jwt" | "login+jwt";

/**
 * State that travels inside a cookie, in the encoding of the variant. Whether a client can read it, or
 * even change it, is the encoding's; that what comes out has the caller's shape is checked in any case.
 */
export interface CookieState {
  /**
   * NO_CREDENTIAL if there is no such cookie, INVALID_CREDENTIAL if the encoding does not let it through
   * or the caller does not know the shape; the refusal's `at` says which step that was.
   */
  read<T extends object>(jar: CookieJar, cookie: CookieSpec, is: (value: unknown) => value is T): Promise<Result<T>>;
  /** PAYLOAD_TOO_LARGE rather than a cookie that a browser would drop without a word. `spare`: so many bytes are to be left. */
  write(jar: CookieJar, cookie: CookieSpec, state: object, spare?: number): Promise<Result<null>>;
}

/** Opaque secrets that a client carries and the server knows only by their hash. */
export interface Secrets {
  /** 256 random bits (ASVS 7.2.3 asks for 128), addressed to this lab and variant. */
  mint(): string;
  /** Asked before anything is looked up: was this made here? Absent where nothing in a secret tells. */
  isGenuine?(secret: string): boolean;
  /** The successor of a secret: the same one each time it is asked, and no one without the server's key can tell it. */
  successor(secret: string): string;
  /** Whatever it may have been exchanged for: its successor now, and those of the application's earlier secrets. */
  successors(secret: string): readonly string[];
  /** What is stored instead of the secret. */
  hash(secret: string): string;
}

/** A session service that others ask whether a login still counts (RFC 7662). */
export interface Introspection {
  /**
   * Whose is this? With `touch` the service moves the idle end on. INVALID_CREDENTIAL for whatever is not active: why
   * not is not told (RFC 7662 §2.2). Throws StoreUnavailable where the service does not answer.
   */
  ask(token: string, how: { readonly touch: boolean }): Promise<Result<Principal>>;
}

/**
 * What a gateway sends to one service behind it in place of what its visitor holds: a token of a kind of its own,
 * for that service alone, that says whom the call is for and nothing else.
 */
export interface InternalTokens {
  issue(subject: UserId): Promise<string>;
  /** By the token alone, without asking anybody. INVALID_CREDENTIAL or EXPIRED. */
  verify(token: string): Promise<Result<{ readonly subject: UserId }>>;
}

export interface Random {
  /** A public identifier; it opens nothing. */
  id(): string;
}

export type EventLog = {
  /** Told after the fact, in the past tense, and never with a credential in it. */
  record(event: AuthEvent): void;
};

export type AuthEvent = {
  readonly type:
    | "logged-in"
    /** Another login of the same person was live then, from another place. */
    | "parallel-login"
    | "login-refused"
    | "logged-out"
    | "refreshed"
    | "refresh-reuse-detected"
    | "revoked"
    | "password-changed"
    | "reauthenticated"
    | "coins-transferred"
    | "payment-opened"
    | "payment-ended"
    | "role-changed"
    | "user-disabled"
    | "user-enabled"
    | "client-changed"
    | "evicted";
  readonly userId?: UserId;
  /** The public id of the record concerned. */
  readonly recordId?: string;
  readonly detail?: string;
};

/** Which events: newest first, after the one whose id is `before`, and only of that person, those types or those records. */
export type EventsWanted = {
  readonly before?: number;
  readonly limit: number;
  readonly userId?: UserId;
  readonly types?: readonly AuthEvent["type"][];
  readonly recordIds?: readonly string[];
};

/** An event as it was written down. */
export type RecordedEvent = {
  /** Ascending within a lab. */
  readonly id: number;
  /** Lab clock. */
  readonly at: Instant;
  readonly type: string;
} & Readonly<Record<"userId" | "recordId" | "flow" | "variant" | "detail" | "ip" | "device", string | null>>;
