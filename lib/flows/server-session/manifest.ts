import { type Claims, exposed, only, refused, refusedUnlessCached } from "../../core/claim.ts";
import { cachedFor } from "../../core/settings.ts";
import { standardLifetimes } from "../../core/time.ts";
import type { FlowManifest } from "../../core/variant.ts";
import { cookie } from "./flow.ts";

const ended = refused("access", "REVOKED");
/** The record is live: an unused copy lives to its idle end, a copy in use to the absolute end. */
const lives = exposed("access", { silent: "idle", active: "absolute" });
const unknown = refused("access", "INVALID_CREDENTIAL");

/** The owner's own browser uses it, up to the absolute end. */
const goesOn = exposed("access", "absolute");

/** The same claims for each store that all processes share. */
const claims = {
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

const holds = [{ credential: "access", travels: "cookie", cookie: cookie.name }] as const;

/** An id is looked up. No key made it, and nothing in it can be changed. */
const means = {
  INVALID_CREDENTIAL: "No record has this id: it was never issued, or its record is gone from the store.",
} as const;

const cannot = { refresh: "There is no refresh token: the record's idle end moves on while it is used." } as const;

export const manifest = {
  id: "server-session",
  title: "Server session",
  trusts: "Trusts its own records: the cookie is a random number that means nothing anywhere else.",
  therefore: "It therefore looks one up on every request, and cannot answer when the store cannot.",
  cookies: [cookie],
  defaults: { lab: "server-session/sql", production: "server-session/sql" },
  variants: [
    {
      id: "server-session/sql",
      title: "SQL",
      safety: "safe",
      summary: "One row a login, found by the hash of its id. Ending the row ends the login, on the next request.",
      settings: { revocation: "none", store: "sql", lifetimes: standardLifetimes },
      holds,
      cannot,
      means,
      claims,
    },
    {
      id: "server-session/memory",
      title: "Memory",
      safety: "safe",
      summary:
        "A record in the memory of one process. Ended at once like a row, and gone with a restart or on another node: that logs people out, and lets nobody in.",
      settings: { revocation: "none", store: "memory", lifetimes: standardLifetimes },
      holds,
      cannot,
      means: {
        INVALID_CREDENTIAL:
          "This process has no record of this id: its memory began anew with a restart, another process took the login, or the id was never issued.",
      },
      // Another process has no copy of the record, and this one has none after a restart.
      claims: {
        ...claims,
        ...{ "memory-lost": unknown, "second-node": unknown, "sticky-node-lost": unknown },
        ...{ "logout-elsewhere": unknown, "logout-elsewhere-cached": unknown },
      },
    },
    {
      id: "server-session/file",
      title: "File",
      safety: "unsafe",
      summary:
        "Records in one file, which each process reads and writes as a whole. Ended at once in the process that does it; a second process on the same file overwrites that, and the ended login is live again.",
      settings: { revocation: "none", store: "file", lifetimes: standardLifetimes },
      holds,
      cannot,
      means,
      claims,
    },
    {
      id: "server-session/signed-id",
      title: "Signed id",
      safety: "safe",
      summary:
        "The row of SQL, behind an id that carries a signature: garbage is refused before anything is looked up. Changed keys end its logins.",
      settings: { revocation: "none", store: "sql", id: "signed", lifetimes: standardLifetimes },
      holds,
      cannot,
      means: { INVALID_CREDENTIAL: "No key of this lab signed this id, or no record has it." },
      claims: { ...claims, "keys-rotated": unknown },
    },
    {
      id: "server-session/redis",
      title: "Redis",
      safety: "safe",
      summary:
        "A key a login, on a server that all processes share. Ended at once everywhere; while it does not answer, nobody gets in.",
      settings: { revocation: "none", store: "redis", lifetimes: standardLifetimes },
      holds,
      cannot,
      means,
      claims,
    },
    {
      id: "server-session/cached",
      title: "SQL, cached",
      safety: "limited",
      summary:
        "A row a login, which each process remembers for 5 seconds. Ended at once where it is ended; with several processes the others still let a copy in for up to 5 seconds.",
      settings: { revocation: "none", store: "cached", staleFor: cachedFor, lifetimes: standardLifetimes },
      holds,
      cannot,
      means,
      claims: {
        ...claims,
        // A process that has not cached this record reads the current one.
        "logout-elsewhere": refusedUnlessCached("REVOKED"),
      },
    },
  ],
} as const satisfies FlowManifest;
