import { type Claims, exposed, only, refused, refusedUnlessCached } from "../../core/claim.ts";
import { standardLifetimes } from "../../core/time.ts";
import type { FlowManifest } from "../../core/variant.ts";
import { cookie, refreshCookie } from "./cookies.ts";

const ended = refused("access", "REVOKED");
/** The record is live: an unused copy lives to its idle end, a copy in use to the absolute end. */
const lives = exposed("access", { silent: "idle", active: "absolute" });
const unknown = refused("access", "INVALID_CREDENTIAL");
/** The owner's own browser uses it, up to the absolute end. */
const goesOn = exposed("access", "absolute");

/** Claims of variants that ask the record on every request. */
const recordAsked = {
  "client-forgets": lives,
  "browser-data-cleared": lives,
  "replay-after-logout": ended,
  // A record slides without a new cookie, so a late answer brings none back.
  "late-answer": refused("access", "NO_CREDENTIAL"),
  "revoke-this": ended,
  "revoke-another": ended,
  "revoke-others": ended,
  "replay-after-revoke-all": ended,
  "password-change": ended,
  "admin-ends-all": ended,
  "user-disabled": ended,
  "role-lowered": lives,
  // An opaque id is looked up; no key verifies it.
  "keys-rotated": lives,
  "keys-rotated-overlap": lives,
  "memory-lost": lives,
  "second-node": lives,
  "logout-elsewhere": ended,
  "logout-elsewhere-cached": refusedUnlessCached("REVOKED"),
  "idle-passed": [...only("silent", refused("access", "EXPIRED")), ...only("active", exposed("access", "absolute"))],
  "absolute-passed": refused("access", "EXPIRED"),
  "other-device": lives,
  "other-device-bound": refused("access", "CLIENT_CHANGED"),
  fixation: ended,
  "fixation-kept": lives,
  "network-changed": refused("access", "CLIENT_CHANGED"),
  "sticky-routing": goesOn,
  "sticky-node-lost": goesOn,
  "refresh-replay": [],
  forge: unknown,
  "cross-flow": unknown,
} as const satisfies Claims;

/** RFC 7662 §2.2: of a token that is not active, the service says only that. */
const recordIntrospected = {
  ...recordAsked,
  "replay-after-logout": unknown,
  "revoke-this": unknown,
  "revoke-another": unknown,
  "revoke-others": unknown,
  "replay-after-revoke-all": unknown,
  "password-change": unknown,
  "admin-ends-all": unknown,
  "user-disabled": unknown,
  "logout-elsewhere": unknown,
  // The service asks its store anew.
  "logout-elsewhere-cached": unknown,
  "idle-passed": [...only("silent", unknown), ...only("active", exposed("access", "absolute"))],
  "absolute-passed": unknown,
  // The session service does not see the client.
  "other-device-bound": unknown,
  fixation: unknown,
  "network-changed": unknown,
} as const satisfies Claims;

const toExp = exposed("access", "access");
const idLives = exposed("refresh", { silent: "idle", active: "absolute" });
const idEnded = refused("refresh", "REVOKED");
const bothUnknown = [...unknown, ...refused("refresh", "INVALID_CREDENTIAL")];

/** Claims of a token that is accepted without a look-up, and renewed by an id that leads to a record. */
const renewedByRecord = {
  "client-forgets": [...toExp, ...idLives],
  "browser-data-cleared": [...toExp, ...idLives],
  "replay-after-logout": [...toExp, ...idEnded],
  // A late answer to a refresh brings the token back, and not the id.
  "late-answer": [...toExp, ...refused("refresh", "NO_CREDENTIAL")],
  "revoke-this": [...toExp, ...idEnded],
  "revoke-another": [...toExp, ...idEnded],
  "revoke-others": [...toExp, ...idEnded],
  "replay-after-revoke-all": [...toExp, ...idEnded],
  "password-change": [...toExp, ...idEnded],
  "admin-ends-all": [...toExp, ...idEnded],
  "user-disabled": [...toExp, ...idEnded],
  "role-lowered": [...exposed("access", "access", "stale"), ...idLives],
  "keys-rotated": [...unknown, ...idLives],
  "keys-rotated-overlap": [...toExp, ...idLives],
  "memory-lost": [...toExp, ...idLives],
  "second-node": [...toExp, ...idLives],
  "logout-elsewhere": [...toExp, ...idEnded],
  "logout-elsewhere-cached": [...toExp, ...idEnded],
  "idle-passed": [
    ...refused("access", "EXPIRED"),
    ...only("silent", refused("refresh", "EXPIRED")),
    ...only("active", exposed("refresh", "absolute")),
  ],
  "absolute-passed": [...refused("access", "EXPIRED"), ...refused("refresh", "EXPIRED")],
  "other-device": [...toExp, ...idLives],
  "other-device-bound": [...toExp, ...refused("refresh", "CLIENT_CHANGED")],
  fixation: refused("refresh", "REVOKED"),
  "fixation-kept": idLives,
  "network-changed": [...toExp, ...refused("refresh", "CLIENT_CHANGED")],
  "sticky-routing": [...toExp, ...exposed("refresh", "absolute")],
  "sticky-node-lost": [...toExp, ...exposed("refresh", "absolute")],
  // The id stays the same at each refresh, so a replayed one is still good.
  "refresh-replay": exposed("refresh", "idle"),
  forge: bothUnknown,
  "cross-flow": bothUnknown,
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
      // The token is verified before its record is looked up.
      claims: {
        ...recordAsked,
        // A late answer brings a token back, whose record the logout has ended.
        "late-answer": ended,
        "keys-rotated": unknown,
        fixation: [],
        "fixation-kept": [],
      },
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
      claims: renewedByRecord,
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
      means: {
        INVALID_CREDENTIAL:
          "No record counts for it: the id was never issued, the token was changed or made with another key, or the record is gone from the store.",
      },
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
      means: {
        INVALID_CREDENTIAL: "No record has this id: it was never issued, or its record is gone from the store.",
      },
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
      means: {
        INVALID_CREDENTIAL:
          "The session service says that this login is not active, and never why (RFC 7662 §2.2): logged out, revoked, expired and unknown are one answer. That is the price of asking a service.",
      },
      claims: recordIntrospected,
    },
  ],
} as const satisfies FlowManifest;
