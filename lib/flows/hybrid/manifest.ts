import type { Claims } from "../../core/experiment.ts";
import type { FlowManifest } from "../../core/flow.ts";
import { standardLifetimes } from "../../core/time.ts";
import { cookie, refreshCookie } from "./cookies.ts";

/** What a record shows that is asked on every request. */
const recordAsked = {
  "replay-after-logout": [{ credential: "access", outcome: "REVOKED", until: "at-once" }],
  "replay-after-revoke-all": [{ credential: "access", outcome: "REVOKED", until: "at-once" }],
  "refresh-replay": [],
  "password-change": [{ credential: "access", outcome: "REVOKED", until: "at-once" }],
  "role-lowered": [{ credential: "access", outcome: "exposed", until: "idle", authority: "current" }],
  forge: [{ credential: "access", outcome: "INVALID_CREDENTIAL", until: "at-once" }],
  "cross-flow": [{ credential: "access", outcome: "INVALID_CREDENTIAL", until: "at-once" }],
} as const satisfies Claims;

const holds = [{ credential: "access", travels: "cookie", cookie: cookie.name }] as const;

const noRefresh = { refresh: "There is no refresh token: what proves the login lasts while it is used." } as const;

export const manifest = {
  id: "hybrid",
  title: "Hybrid",
  trusts: "Trusts a signature and a record, each for what it is good at.",
  therefore: "It therefore pays for both, on every request or where one of them makes the other.",
  cookies: [cookie, refreshCookie],
  defaults: { lab: "hybrid/allowlist", production: "hybrid/allowlist" },
  variants: [
    {
      id: "hybrid/allowlist",
      title: "Allowlist",
      safety: "safe",
      summary: "A signed token counts only while its jti has a live record. Ending the record ends the token.",
      settings: {
        revocation: "none",
        proof: "token-and-record",
        store: "sql",
        algorithm: "EdDSA",
        lifetimes: standardLifetimes,
      },
      holds,
      cannot: { refresh: "There is no refresh token: the token itself is reissued while it is used." },
      claims: recordAsked,
    },
    {
      id: "hybrid/short-jwt",
      title: "Short token, revocable refresh",
      safety: "limited",
      summary:
        "A token of 15 minutes that is believed without a look-up, and an id whose record makes the next one. Ending the record ends the id at once; a copied token lives to its exp.",
      settings: {
        revocation: "none",
        proof: "token-renewed-by-record",
        store: "sql",
        algorithm: "EdDSA",
        lifetimes: standardLifetimes,
      },
      holds: [
        { credential: "access", travels: "cookie", cookie: cookie.name },
        { credential: "refresh", travels: "cookie", cookie: refreshCookie.name },
      ],
      cannot: {},
      claims: {
        "replay-after-logout": [
          { credential: "access", outcome: "exposed", until: "access", authority: "current" },
          { credential: "refresh", outcome: "REVOKED", until: "at-once" },
        ],
        "replay-after-revoke-all": [
          { credential: "access", outcome: "exposed", until: "access", authority: "current" },
          { credential: "refresh", outcome: "REVOKED", until: "at-once" },
        ],
        "refresh-replay": [{ credential: "refresh", outcome: "exposed", until: "idle", authority: "current" }],
        "password-change": [
          { credential: "access", outcome: "exposed", until: "access", authority: "current" },
          { credential: "refresh", outcome: "REVOKED", until: "at-once" },
        ],
        "role-lowered": [
          { credential: "access", outcome: "exposed", until: "access", authority: "stale" },
          { credential: "refresh", outcome: "exposed", until: "idle", authority: "current" },
        ],
        forge: [
          { credential: "access", outcome: "INVALID_CREDENTIAL", until: "at-once" },
          { credential: "refresh", outcome: "INVALID_CREDENTIAL", until: "at-once" },
        ],
        "cross-flow": [
          { credential: "access", outcome: "INVALID_CREDENTIAL", until: "at-once" },
          { credential: "refresh", outcome: "INVALID_CREDENTIAL", until: "at-once" },
        ],
      },
    },
    {
      id: "hybrid/bearer-or-session",
      title: "Bearer or session",
      safety: "safe",
      summary:
        "On the same addresses a browser has a session id in a cookie and another client a bearer token with a record. The header decides alone when there is one, and never both.",
      settings: {
        revocation: "none",
        proof: "id-or-token",
        store: "sql",
        algorithm: "EdDSA",
        lifetimes: standardLifetimes,
      },
      holds,
      native: true,
      cannot: noRefresh,
      claims: recordAsked,
    },
    {
      id: "hybrid/gateway",
      title: "Gateway",
      safety: "safe",
      summary:
        "A session id outside. Inside, each call to another service carries a token of 60 seconds that is made for that service alone.",
      settings: {
        revocation: "none",
        proof: "id",
        inside: "internal-token",
        store: "sql",
        algorithm: "EdDSA",
        lifetimes: standardLifetimes,
      },
      holds,
      cannot: noRefresh,
      claims: recordAsked,
    },
    {
      id: "hybrid/introspected",
      title: "Introspected",
      safety: "safe",
      summary:
        "A session id that a session service is asked about over HTTP on each request. It costs a request more, and the answer never says why a session is over.",
      settings: { revocation: "none", proof: "id-introspected", store: "sql", lifetimes: standardLifetimes },
      holds,
      cannot: noRefresh,
      // RFC 7662 §2.2: a token that is not active is only that.
      claims: {
        ...recordAsked,
        "replay-after-logout": [{ credential: "access", outcome: "INVALID_CREDENTIAL", until: "at-once" }],
        "replay-after-revoke-all": [{ credential: "access", outcome: "INVALID_CREDENTIAL", until: "at-once" }],
        "password-change": [{ credential: "access", outcome: "INVALID_CREDENTIAL", until: "at-once" }],
      },
    },
  ],
} as const satisfies FlowManifest;
