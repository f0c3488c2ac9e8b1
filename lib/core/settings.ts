import { type Duration, type Lifetimes, second } from "./time.ts";
import type { TokenStorage } from "./token-storage.ts";

/**
 * `plain`: anyone can read and change it. `signed`: anyone can read it, only the server can change it. `sealed`: only
 * the server can read and change it.
 */
export type Encoding = "plain" | "signed" | "sealed";

/** The algorithm of a token's signature: names of RFC 7518 §3.1 and RFC 8037 §3.1. */
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

/** A read cache answers for so long with what a store said. It is the bound of every cache, and claims name it. */
export const cachedFor: Duration = 5 * second;

/** The settings of a variant. The composition root makes ports from them; a flow never asks for a variant's name. */
export type VariantSettings = {
  /** The revocation policy that is asked besides the credential itself. */
  readonly revocation: "none" | "user-version" | "denylist";
  /** The store of the records; absent in variants without records. */
  readonly store?: StoreName;
  /**
   * The longest time for which a process may still accept a login that another one has ended, since it has a read
   * cache. Absent: none.
   */
  readonly staleFor?: Duration;
  /** `signed`: an id proves that it was made here, before the look-up. Absent: `opaque`. */
  readonly id?: "opaque" | "signed";
  /** The encoding of state in a cookie; absent in variants without such state. */
  readonly encoding?: Encoding;
  /**
   * `named`: state in a cookie holds a username alone, and each request finds the person by it. Absent: the state holds
   * a copy of the person.
   */
  readonly person?: "named";
  /** The algorithm of its tokens; absent in variants without tokens. */
  readonly algorithm?: TokenAlgorithm;
  /** How a login is proved, in a flow that has several ways. */
  readonly proof?: Proof;
  /** How this login's requests go on to internal services; absent: they do not. */
  readonly inside?: "internal-token";
  /**
   * `forgets`: a logout only deletes the client's tokens and revokes none on the server; wrong on purpose. Absent:
   * `revokes`.
   */
  readonly logout?: "revokes" | "forgets";
  /** Where a browser keeps the access token. Absent: in memory, if it has one. */
  readonly storage?: TokenStorage;
  /** Whether a login is bound to the client that it was given to. Absent: it is not. */
  readonly binding?: Binding;
  /** The most logins of a person at once; above it the oldest ends. Absent: no limit. */
  readonly parallelLogins?: number;
  readonly lifetimes: Lifetimes;
};

/** `warn` logs it and lets the request in; `enforce` refuses it. */
export type Strictness = "off" | "warn" | "enforce";

/**
 * By user agent and by address. A phone that changes networks changes its address, so enforcing the address logs its
 * owner out.
 */
export type Binding = { readonly userAgent: Strictness; readonly ip: Strictness };
