import type { Duration, Lifetimes } from "./time.ts";
import type { TokenStorage } from "./token-storage.ts";

/**
 * `plain`: anyone can read and change it. `signed`: anyone can read it, only the server can change it. `sealed`: only
 * the server can read and change it.
 */
export type Encoding = "plain" | "signed" | "sealed";

/** What a token is signed with: the names of RFC 7518 §3.1 and RFC 8037 §3.1. */
export type TokenAlgorithm = "EdDSA" | "ES256" | "HS256";

/** `sql`, `memory`, `file`, `redis` or `cached`: a name of the registry, which is the one list of stores. */
export type StoreName = string;

/**
 * The credential of a hybrid login, and how it is verified.
 * `token-and-record`: a signed token, and the record of its `jti`.
 * `token-renewed-by-record`: a short token alone, renewed by an id that leads to a record.
 * `id`: an opaque id that leads to a record.
 * `id-or-token`: the same in a browser; for other clients a bearer token with its record.
 * `id-introspected`: an opaque id that a session service is asked about.
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
  /** `signed`: an id proves that it was made here, before the look-up. Absent: `opaque`. */
  readonly id?: "opaque" | "signed";
  /** How state that stands in a cookie is written; absent where none does. */
  readonly encoding?: Encoding;
  /** What its tokens are signed with; absent where it makes none. */
  readonly algorithm?: TokenAlgorithm;
  /** How a login is proved, where a flow knows several ways. */
  readonly proof?: Proof;
  /** What this login's requests become on their way to the services inside; absent: they go no further. */
  readonly inside?: "internal-token";
  /**
   * `forgets`: a logout only deletes the client's tokens and revokes none on the server; wrong on purpose. Absent:
   * `revokes`.
   */
  readonly logout?: "revokes" | "forgets";
  /** Where a browser keeps its access token. Absent: in memory, where there is one. */
  readonly storage?: TokenStorage;
  /** Whether a login may be used by another client than it was given to. Absent: by any. */
  readonly binding?: Binding;
  /** So many logins of a person at once, the oldest gives way. Absent: as many as they like. */
  readonly parallelLogins?: number;
  readonly lifetimes: Lifetimes;
};

/** `warn` writes it down and lets the request in; `enforce` refuses it. */
export type Strictness = "off" | "warn" | "enforce";

/** By user agent and by address. A phone that changes networks changes its address, so enforcing that locks out its owner. */
export type Binding = { readonly userAgent: Strictness; readonly ip: Strictness };
