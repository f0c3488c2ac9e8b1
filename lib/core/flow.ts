import type { Claims } from "../lab/experiment.ts";
import type { Binding } from "../lab/lab-settings.ts";
import type { Holding } from "./holding.ts";
import type { PaymentSessions } from "./payment.ts";
import type { FlowDeps } from "./ports.ts";
import type { Result } from "./result.ts";
import type { LoginData } from "./session-data.ts";
import type { Duration, Instant, LifetimeName, Lifetimes } from "./time.ts";
import type { TokenStorage } from "./token-storage.ts";
import type { Credentials, Identity, UserId } from "./user.ts";

/** `cookie`, `server-session`, `memory-jwt` or `hybrid`: an id of the registry, which is the one list of flows. */
export type FlowId = string;
/** `<flow>/<variant>`, such as `server-session/sql`. */
export type VariantId = `${string}/${string}`;

/**
 * One way to keep a person logged in. Routes, pages, experiments and tests know a flow only by this.
 * Errors are refusals; a flow throws only when something under it is broken.
 */
export interface AuthFlow {
  /** Checks the password, ends the login that this browser had in this flow as far as the flow can, and starts a new one. */
  login(request: FlowRequest, credentials: Credentials, options: LoginOptions): Promise<Result<Grant>>;
  /** Who is asking? `touch: false` looks without extending anything; otherwise a sliding lifetime moves on. */
  authenticate(request: FlowRequest, how?: { touch: boolean }): Promise<Result<Principal>>;
  /** A new login for a person who proved themselves again: the old one ends, its id is never kept (ASVS 7.2.4). */
  reissue(request: FlowRequest, principal: Principal): Promise<Result<Grant>>;
  /** Exchanges a refresh token. Absent where the flow has none. */
  refresh?(request: FlowRequest): Promise<Result<Grant>>;
  /**
   * Whose refresh token is this, or whose session, for a service that was shown one? Judged by what this server holds,
   * and asks nobody else. Exchanges nothing and ends nothing. Absent where there is none.
   */
  look?(request: FlowRequest, how?: { touch: boolean }): Promise<Result<Principal>>;
  /**
   * Ends this login as far as the flow can. Succeeds also when nobody was logged in. `replaced`: nobody logged
   * out; this browser has another login now.
   */
  logout(request: FlowRequest, reason?: "logout" | "replaced"): Promise<Result<null>>;
  /** The live logins of a person. Absent: this server cannot enumerate its logins. */
  list?(user: UserId): Promise<Result<readonly RecordSummary[]>>;
  /** Ends logins and answers how many records that was. Absent: this server cannot take a login back. */
  revoke?(actor: Principal, target: RevokeTarget): Promise<Result<number>>;
  /** What the application keeps with this login, as long as it counts. Absent: this flow keeps the login and nothing else. */
  data?(request: FlowRequest): Promise<Result<LoginData>>;
  /** Short sessions for paying beside a login. Absent where the manifest names no cookie for them. */
  readonly payment?: PaymentSessions;
}

export type LoginOptions = {
  /** Lengthens the absolute end. */
  readonly remember?: boolean;
  /** A native client has no cookie jar: it keeps its tokens itself. */
  readonly client: "browser" | "native";
};

/** What credentials travel in, and who seems to send them. */
export type FlowRequest = {
  readonly cookies: CookieJar;
  /** What an `Authorization` header brought; empty: one that is no bearer token. */
  readonly bearer?: string;
  readonly refreshToken?: string;
  readonly client: Client;
};

export type Client = { readonly ip: string; readonly userAgent: string; readonly device: string };

/**
 * The cookies of one request, and the ones its answer will set. It has the shape that iron-session
 * and Next.js agree on, so iron-session is handed the jar itself.
 */
export interface CookieJar {
  get(name: string): { name: string; value: string } | undefined;
  set(name: string, value: string, attributes: CookieAttributes): unknown;
}

/** Attributes of Set-Cookie (RFC 6265bis §4.1.2). Max-Age only, never Expires: a login's end is the server's decision (NIST 5.1.1 expiry). */
export type CookieAttributes = {
  readonly path?: string | undefined;
  readonly domain?: string | undefined;
  /** Seconds; 0 deletes; absent: the cookie ends with the browser. */
  readonly maxAge?: number | undefined;
  readonly httpOnly?: boolean | undefined;
  readonly secure?: boolean | undefined;
  readonly sameSite?: "lax" | "strict" | "none" | boolean | undefined;
  readonly partitioned?: boolean | undefined;
};

/** A cookie that a flow owns: its name and the attributes it is always sent with. */
export type CookieSpec = CookieAttributes & { readonly name: string };

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

export type Safety = "safe" | "limited" | "unsafe";

/** `plain`: anyone reads and changes it. `signed`: anyone reads it, nobody changes it. `sealed`: neither. */
export type Encoding = "plain" | "signed" | "sealed";
/** What a token is signed with: the names of RFC 7518 §3.1 and RFC 8037 §3.1. */
export type TokenAlgorithm = "EdDSA" | "ES256" | "HS256";
/**
 * `sql`: rows that every process sees. `memory`: this process alone, until it ends. `file`: a file that each process rewrites as a whole, so two of them overwrite each other.
 * `redis`: a server of its own, which all processes share. `cached`: the rows of `sql`, remembered by each process for a while.
 */
export type StoreName = "sql" | "memory" | "file" | "redis" | "cached";

/**
 * What a client of the hybrid flow holds, and what it takes to believe it.
 * `token-and-record`: a signed token, and the record of its `jti`. `token-renewed-by-record`: a short token alone, renewed
 * by an id that leads to a record. `id`: an opaque id that leads to a record. `id-or-token`: that in a browser, and in
 * other clients a bearer token with its record. `id-introspected`: an opaque id that a session service is asked about.
 */
export type Proof = "token-and-record" | "token-renewed-by-record" | "id" | "id-or-token" | "id-introspected";

/** What a variant turns on. The composition root resolves it into ports; a flow never asks for a variant's name. */
export type VariantSettings = {
  /** What is asked besides the credential itself. */
  readonly revocation: "none" | "user-version" | "denylist";
  /** Where records live; absent where the flow keeps none. */
  readonly store?: StoreName;
  /** For so long, on the system's clock, one process may still accept what another one has ended. Absent: not at all. */
  readonly staleFor?: Duration;
  /** `signed`: an id proves that it was made here before anybody looks it up. Absent: `opaque`. */
  readonly id?: "opaque" | "signed";
  /** How state that stands in a cookie is written; absent where none does. */
  readonly encoding?: Encoding;
  /** What its tokens are signed with; absent where it makes none. */
  readonly algorithm?: TokenAlgorithm;
  /** How a login is proved, where a flow knows several ways. */
  readonly proof?: Proof;
  /** What this login's requests become on their way to the services inside; absent: they go no further. */
  readonly inside?: "internal-token";
  /** `forgets`: a logout empties the client and ends nothing on the server, which is wrong on purpose. Absent: `revokes`. */
  readonly logout?: "revokes" | "forgets";
  /** Where a browser keeps its access token. Absent: in memory, where there is one. */
  readonly storage?: TokenStorage;
  /** Whether a login may be used by another client than it was given to. Absent: by any. */
  readonly binding?: Binding;
  /** So many logins of a person at once, the oldest gives way. Absent: as many as they like. */
  readonly parallelLogins?: number;
  readonly lifetimes: Lifetimes;
};

/** `revokeOne`: one login rather than all of a person's. */
export type OptionalOperation = "refresh" | "list" | "revoke" | "revokeOne" | "data";

export type Variant = {
  readonly id: VariantId;
  readonly title: string;
  readonly safety: Safety;
  /** One sentence: what this variant adds to its flow or gives up. */
  readonly summary: string;
  readonly settings: VariantSettings;
  /** What a browser holds: what proves who asks, and what renews that. */
  readonly holds: readonly [Holding, ...Holding[]];
  /** A client without a cookie jar can have it as well, and keeps its tokens itself. Absent: it cannot. */
  readonly native?: boolean;
  /** Why an operation is missing, told to whoever asks for it. A test holds it against the flow itself. */
  readonly cannot: Partial<Record<OptionalOperation, string>>;
  readonly claims: Claims;
};

export type FlowManifest = {
  readonly id: FlowId;
  readonly title: string;
  /** What the flow trusts. */
  readonly trusts: string;
  /** And what it therefore cannot do. */
  readonly therefore: string;
  /** Every cookie that a variant may set. */
  readonly cookies: readonly CookieSpec[];
  /** The cookie of a payment session beside a login. Absent: this flow has none. */
  readonly payment?: CookieSpec;
  readonly variants: readonly [Variant, ...Variant[]];
  /** The variant a login gets when it names none: in lab mode the plainest one, outside it one that can be ended at once. */
  readonly defaults: { readonly lab: VariantId; readonly production: VariantId };
};

export type FlowModule = {
  readonly manifest: FlowManifest;
  create(deps: FlowDeps): AuthFlow;
};
