import { type Claims, exposed, only, refused, refusedUnlessCached } from "../../core/claim.ts";
import { standardLifetimes } from "../../core/time.ts";
import type { FlowManifest } from "../../core/variant.ts";
import { cookie } from "./flow.ts";
import { accessCookie } from "./token-delivery.ts";

/**
 * The page keeps the access token in a variable and writes the header. The browser keeps the refresh token in its
 * cookie jar.
 */
const holds = [
  { credential: "access", travels: "bearer" },
  { credential: "refresh", travels: "cookie", cookie: cookie.name },
] as const;

/** The browser keeps both tokens in its cookie jar, and sends both by itself. */
const holdsInCookies = [
  { credential: "access", travels: "cookie", cookie: accessCookie.name },
  { credential: "refresh", travels: "cookie", cookie: cookie.name },
] as const;

/** The page keeps both tokens, as a native client would. */
const holdsInPage = [
  { credential: "access", travels: "bearer" },
  { credential: "refresh", travels: "body" },
] as const;

const asRotating = { revocation: "none", store: "sql", algorithm: "EdDSA", lifetimes: standardLifetimes } as const;

const toExp = exposed("access", "access");
const familyLives = exposed("refresh", "refresh");
const familyEnded = refused("refresh", "REVOKED");
const bothEnded = [...refused("access", "REVOKED"), ...familyEnded];
/** The access token is asked about through the node's read cache. A refresh token never is. */
const endedUnlessCached = [...refusedUnlessCached("REVOKED"), ...familyEnded];
const unverified = [...refused("access", "INVALID_CREDENTIAL"), ...refused("refresh", "INVALID_CREDENTIAL")];

/** Claims of variants that check the access token's signature alone. They are the same for each algorithm. */
const signatureAlone = {
  "client-forgets": [...toExp, ...familyLives],
  "browser-data-cleared": [...toExp, ...familyLives],
  "replay-after-logout": [...toExp, ...familyEnded],
  "late-answer": [...toExp, ...familyEnded],
  "revoke-this": [...toExp, ...familyEnded],
  "revoke-another": [...toExp, ...familyEnded],
  "revoke-others": [...toExp, ...familyEnded],
  "replay-after-revoke-all": [...toExp, ...familyEnded],
  "password-change": [...toExp, ...familyEnded],
  "admin-ends-all": [...toExp, ...familyEnded],
  "user-disabled": [...toExp, ...familyEnded],
  "role-lowered": [...exposed("access", "access", "stale"), ...familyLives],
  // A refresh token is looked up; no key verifies it.
  "keys-rotated": [...refused("access", "INVALID_CREDENTIAL"), ...familyLives],
  "keys-rotated-overlap": [...toExp, ...familyLives],
  "memory-lost": [...toExp, ...familyLives],
  "second-node": [...toExp, ...familyLives],
  "logout-elsewhere": [...toExp, ...familyEnded],
  "logout-elsewhere-cached": [...toExp, ...familyEnded],
  // A family has no idle end: it lives to its absolute end, used or not.
  "idle-passed": [...refused("access", "EXPIRED"), ...familyLives],
  "absolute-passed": [
    ...refused("access", "EXPIRED"),
    ...only("silent", refused("refresh", "EXPIRED")),
    // Owner and thief use one token: the second use ended the family for both.
    ...only("active", refused("refresh", "REVOKED")),
  ],
  "other-device": [...toExp, ...familyLives],
  "other-device-bound": [...toExp, ...refused("refresh", "CLIENT_CHANGED")],
  // There is no session id: each login gets tokens of its own.
  fixation: [],
  "fixation-kept": [],
  "network-changed": [...toExp, ...refused("refresh", "CLIENT_CHANGED")],
  "sticky-routing": [...toExp, ...familyLives],
  "sticky-node-lost": [...toExp, ...familyLives],
  "refresh-replay": refused("refresh", "REUSE_DETECTED"),
  forge: unverified,
  "cross-flow": unverified,
} as const satisfies Claims;

const noData =
  "A token is signed once and never changed, and no record is asked for on a request: what a page wants to keep it keeps itself.";

export const manifest = {
  id: "memory-jwt",
  title: "JWT in memory",
  trusts: "Trusts a signature it made itself, so it asks nobody on a request.",
  therefore:
    "For the same reason it cannot take an access token back before its exp; only the refresh token ends at once.",
  cookies: [cookie, accessCookie],
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
      cannot: { data: noData },
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
      cannot: { data: noData },
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
      cannot: { data: noData },
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
      cannot: { data: noData },
      claims: {
        ...signatureAlone,
        "replay-after-logout": bothEnded,
        "revoke-this": bothEnded,
        "logout-elsewhere": bothEnded,
        "logout-elsewhere-cached": endedUnlessCached,
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
      cannot: { data: noData },
      claims: {
        ...signatureAlone,
        "replay-after-logout": [...toExp, ...familyLives],
        "late-answer": [...toExp, ...familyLives],
        "logout-elsewhere": [...toExp, ...familyLives],
        "logout-elsewhere-cached": [...toExp, ...familyLives],
      },
    },
    {
      id: "memory-jwt/session-storage",
      title: "Session storage",
      safety: "limited",
      summary:
        "As rotating, but the page keeps the access token in sessionStorage: it is there after a reload and gone with the tab, and any script of the page reads it. A copied access token outlives the logout, to its exp.",
      settings: { ...asRotating, storage: "session-storage" },
      holds,
      cannot: { data: noData },
      claims: signatureAlone,
    },
    {
      id: "memory-jwt/local-storage",
      title: "Local storage",
      safety: "unsafe",
      summary:
        "The page keeps access and refresh token in localStorage: both are in every tab, after every restart, and any script of the page reads them. Whoever takes the refresh token away renews the login elsewhere, without this browser.",
      settings: { ...asRotating, storage: "local-storage" },
      holds: holdsInPage,
      cannot: { data: noData },
      claims: signatureAlone,
    },
    {
      id: "memory-jwt/script-cookie",
      title: "Readable cookie",
      safety: "unsafe",
      summary:
        "The access token in a cookie without HttpOnly: the browser sends it by itself, so the origin of each change has to be judged, and any script of the page reads it as well. It has the drawbacks of both places.",
      settings: { ...asRotating, storage: "script-cookie" },
      holds: holdsInCookies,
      cannot: { data: noData },
      claims: signatureAlone,
    },
    {
      id: "memory-jwt/http-only-cookie",
      title: "HttpOnly cookie",
      safety: "limited",
      summary:
        "The access token in an HttpOnly cookie: no script reads it, and a script of the page can still send requests with it. The browser sends it by itself, so the origin of each change has to be judged. A copied access token outlives the logout, to its exp.",
      settings: { ...asRotating, storage: "http-only-cookie" },
      holds: holdsInCookies,
      cannot: { data: noData },
      claims: signatureAlone,
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
      cannot: { data: noData },
      claims: {
        ...signatureAlone,
        "replay-after-logout": bothEnded,
        "late-answer": bothEnded,
        "replay-after-revoke-all": bothEnded,
        "password-change": bothEnded,
        "admin-ends-all": bothEnded,
        "user-disabled": bothEnded,
        "logout-elsewhere": bothEnded,
        "logout-elsewhere-cached": endedUnlessCached,
      },
    },
  ],
} as const satisfies FlowManifest;
