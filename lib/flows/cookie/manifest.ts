import { type Claims, exposed, only, refused, refusedUnlessCached } from "../../core/claim.ts";
import { standardLifetimes } from "../../core/time.ts";
import type { FlowManifest } from "../../core/variant.ts";
import { cookie } from "./flow.ts";

const noList = "The logins of this flow stand in cookies, out in browsers. The server keeps none to list.";
const noRefresh = "There is no refresh token: the cookie itself is reissued while it is used.";
const noRevoke =
  "All of the login is in the cookie, so there is nothing on the server to delete. A copy lives to its own end.";
const noRevokeOne = "There is nothing on the server that stands for one login.";

/** One cookie is the only credential. */
const holds = [{ credential: "access", travels: "cookie", cookie: cookie.name }] as const;

const ended = refused("access", "REVOKED");
const unreadable = refused("access", "INVALID_CREDENTIAL");
/** No policy is asked. An unused copy lives to its idle end; a copy in use is reissued up to the absolute end. */
const lives = exposed("access", { silent: "idle", active: "absolute" });

/** The owner's own browser uses it, up to the absolute end. */
const goesOn = exposed("access", "absolute");

/** A copy is unaffected by the end of the login that it was copied from. */
const outlivesItsLogout = {
  "client-forgets": lives,
  "browser-data-cleared": lives,
  "replay-after-logout": lives,
  // The late answer writes the cookie anew, with a later idle end.
  "late-answer": lives,
  "revoke-this": lives,
  "revoke-another": lives,
  "revoke-others": lives,
  "replay-after-revoke-all": lives,
  "password-change": lives,
  "admin-ends-all": lives,
  "user-disabled": lives,
  "role-lowered": exposed("access", { silent: "idle", active: "absolute" }, "stale"),
  "keys-rotated": unreadable,
  "keys-rotated-overlap": lives,
  "memory-lost": lives,
  "second-node": lives,
  "logout-elsewhere": lives,
  "logout-elsewhere-cached": lives,
  "idle-passed": [...only("silent", refused("access", "EXPIRED")), ...only("active", exposed("access", "absolute"))],
  "absolute-passed": refused("access", "EXPIRED"),
  "other-device": lives,
  "other-device-bound": lives,
  // There is no id to plant: each login writes a cookie of its own.
  fixation: [],
  "fixation-kept": [],
  "network-changed": goesOn,
  "sticky-routing": goesOn,
  "sticky-node-lost": goesOn,
  "refresh-replay": [],
  forge: unreadable,
  "cross-flow": unreadable,
} as const satisfies Claims;

export const manifest = {
  id: "cookie",
  title: "Cookie",
  trusts: "Trusts its own cookie: all there is to know about a login stands in it.",
  therefore: "It therefore cannot take a copy back, unless it asks something besides the cookie.",
  cookies: [cookie],
  defaults: { lab: "cookie/sealed", production: "cookie/sealed-versioned" },
  variants: [
    {
      id: "cookie/plain",
      title: "Plain",
      safety: "unsafe",
      summary:
        "The name itself in a cookie, as plain text. Nothing proves who wrote it: whoever writes admin there is the admin, for as long as they write.",
      settings: { revocation: "none", encoding: "plain", person: "named", lifetimes: standardLifetimes },
      holds,
      cannot: { list: noList, refresh: noRefresh, revoke: noRevoke, revokeOne: noRevokeOne },
      claims: {
        ...outlivesItsLogout,
        // A plain cookie depends on no key.
        "keys-rotated": lives,
        // The person is found by the name, and is as they are today.
        "user-disabled": ended,
        "role-lowered": lives,
        forge: exposed("access", "never", "forged"),
      },
    },
    {
      id: "cookie/signed",
      title: "Signed",
      safety: "limited",
      summary:
        "Readable by anyone, changed by no one, and nobody is asked. A copy outlives its logout, to its idle end.",
      settings: { revocation: "none", encoding: "signed", lifetimes: standardLifetimes },
      holds,
      cannot: { list: noList, refresh: noRefresh, revoke: noRevoke, revokeOne: noRevokeOne },
      claims: outlivesItsLogout,
    },
    {
      id: "cookie/sealed",
      title: "Sealed",
      safety: "limited",
      summary: "Unreadable and unchangeable, and nobody is asked. A copy outlives its logout, to its idle end.",
      settings: { revocation: "none", encoding: "sealed", lifetimes: standardLifetimes },
      holds,
      cannot: {
        list: noList,
        refresh: noRefresh,
        revoke: noRevoke,
        revokeOne: noRevokeOne,
      },
      claims: outlivesItsLogout,
    },
    {
      id: "cookie/sealed-versioned",
      title: "Sealed, versioned",
      safety: "safe",
      summary:
        "The seal carries the person's version and each request asks for today's. All of a person's logins end together, also at logout.",
      settings: { revocation: "user-version", encoding: "sealed", lifetimes: standardLifetimes },
      holds,
      cannot: {
        list: noList,
        refresh: noRefresh,
        revokeOne:
          "The person's version is the only handle there is, so one login cannot be told from another: all of them end together.",
      },
      claims: {
        ...outlivesItsLogout,
        "replay-after-logout": ended,
        // It carries the version from before the logout.
        "late-answer": ended,
        "replay-after-revoke-all": ended,
        "password-change": ended,
        "admin-ends-all": ended,
        "user-disabled": ended,
        "logout-elsewhere": ended,
        "logout-elsewhere-cached": refusedUnlessCached("REVOKED"),
      },
    },
  ],
} as const satisfies FlowManifest;
