import type { Claims } from "../../core/experiment.ts";
import type { FlowManifest } from "../../core/flow.ts";
import { standardLifetimes } from "../../core/time.ts";
import { cookie } from "./flow.ts";

/** The page keeps the access token in a variable and writes the header; the browser keeps the refresh token in its jar. */
const holds = [
  { credential: "access", travels: "bearer" },
  { credential: "refresh", travels: "cookie", cookie: cookie.name },
] as const;

/** What a signature shows that is all there is to ask: the algorithm changes nothing of it. */
const signatureAlone = {
  "replay-after-logout": [
    { credential: "access", outcome: "exposed", until: "access", authority: "current" },
    { credential: "refresh", outcome: "REVOKED", until: "at-once" },
  ],
  "replay-after-revoke-all": [
    { credential: "access", outcome: "exposed", until: "access", authority: "current" },
    { credential: "refresh", outcome: "REVOKED", until: "at-once" },
  ],
  "refresh-replay": [{ credential: "refresh", outcome: "REUSE_DETECTED", until: "at-once" }],
  "password-change": [
    { credential: "access", outcome: "exposed", until: "access", authority: "current" },
    { credential: "refresh", outcome: "REVOKED", until: "at-once" },
  ],
  "role-lowered": [
    { credential: "access", outcome: "exposed", until: "access", authority: "stale" },
    { credential: "refresh", outcome: "exposed", until: "refresh", authority: "current" },
  ],
  forge: [
    { credential: "access", outcome: "INVALID_CREDENTIAL", until: "at-once" },
    { credential: "refresh", outcome: "INVALID_CREDENTIAL", until: "at-once" },
  ],
  "cross-flow": [
    { credential: "access", outcome: "INVALID_CREDENTIAL", until: "at-once" },
    { credential: "refresh", outcome: "INVALID_CREDENTIAL", until: "at-once" },
  ],
} as const satisfies Claims;

export const manifest = {
  id: "memory-jwt",
  title: "JWT in memory",
  trusts: "Trusts a signature it made itself, so it asks nobody on a request.",
  therefore:
    "For the same reason it cannot take an access token back before its exp; only the refresh token ends at once.",
  cookies: [cookie],
  defaults: { lab: "memory-jwt/rotating", production: "memory-jwt/user-version" },
  variants: [
    {
      id: "memory-jwt/rotating",
      title: "Rotating refresh",
      safety: "limited",
      summary:
        "A signature and nothing else on each request; a refresh token that is exchanged on every use. A copied access token outlives the logout, to its exp.",
      settings: { revocation: "none", store: "sql", algorithm: "EdDSA", lifetimes: standardLifetimes },
      holds,
      native: true,
      cannot: {},
      claims: signatureAlone,
    },
    {
      id: "memory-jwt/es256",
      title: "ES256",
      safety: "limited",
      summary:
        "As rotating, signed with ECDSA on P-256 where a verifier knows no Ed25519. A token has two good signatures, so its text is no name for it. A copied access token outlives the logout, to its exp.",
      settings: { revocation: "none", store: "sql", algorithm: "ES256", lifetimes: standardLifetimes },
      holds,
      native: true,
      cannot: {},
      claims: signatureAlone,
    },
    {
      id: "memory-jwt/hs256",
      title: "HS256",
      safety: "limited",
      summary:
        "As rotating, with one secret that both signs and verifies: short and quick, and nobody else may verify, since whoever can verify can sign. A copied access token outlives the logout, to its exp.",
      settings: { revocation: "none", store: "sql", algorithm: "HS256", lifetimes: standardLifetimes },
      holds,
      native: true,
      cannot: {},
      claims: signatureAlone,
    },
    {
      id: "memory-jwt/denylist",
      title: "Denylist",
      safety: "limited",
      summary:
        "Each request asks whether the token's jti is on a list, where logging out puts the one it was shown. A token that nobody shows cannot be put there: other devices' tokens, and those from before a refresh, live to their exp.",
      settings: { revocation: "denylist", store: "sql", algorithm: "EdDSA", lifetimes: standardLifetimes },
      holds,
      native: true,
      cannot: {},
      claims: {
        ...signatureAlone,
        "replay-after-logout": [
          { credential: "access", outcome: "REVOKED", until: "at-once" },
          { credential: "refresh", outcome: "REVOKED", until: "at-once" },
        ],
      },
    },
    {
      id: "memory-jwt/forgetful-logout",
      title: "Forgetful logout",
      safety: "unsafe",
      summary:
        "Logging out empties the client and tells the server nothing that it acts on. A copy of the refresh token makes new access tokens for as long as its family lives, and its owner sees a page that says nobody is logged in.",
      settings: {
        ...{ revocation: "none", store: "sql", algorithm: "EdDSA", logout: "forgets" },
        lifetimes: standardLifetimes,
      },
      holds,
      native: true,
      cannot: {},
      claims: {
        ...signatureAlone,
        "replay-after-logout": [
          { credential: "access", outcome: "exposed", until: "access", authority: "current" },
          { credential: "refresh", outcome: "exposed", until: "refresh", authority: "current" },
        ],
      },
    },
    {
      id: "memory-jwt/user-version",
      title: "User version",
      safety: "safe",
      summary:
        "The token carries the person's version and each request asks for today's, so access tokens can be ended too: all of a person's at once, also at logout.",
      settings: { revocation: "user-version", store: "sql", algorithm: "EdDSA", lifetimes: standardLifetimes },
      holds,
      native: true,
      cannot: {},
      claims: {
        "replay-after-logout": [
          { credential: "access", outcome: "REVOKED", until: "at-once" },
          { credential: "refresh", outcome: "REVOKED", until: "at-once" },
        ],
        "replay-after-revoke-all": [
          { credential: "access", outcome: "REVOKED", until: "at-once" },
          { credential: "refresh", outcome: "REVOKED", until: "at-once" },
        ],
        "refresh-replay": [{ credential: "refresh", outcome: "REUSE_DETECTED", until: "at-once" }],
        "password-change": [
          { credential: "access", outcome: "REVOKED", until: "at-once" },
          { credential: "refresh", outcome: "REVOKED", until: "at-once" },
        ],
        "role-lowered": [
          { credential: "access", outcome: "exposed", until: "access", authority: "stale" },
          { credential: "refresh", outcome: "exposed", until: "refresh", authority: "current" },
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
  ],
} as const satisfies FlowManifest;
