import type { FlowManifest } from "../../core/flow.ts";
import { standardLifetimes } from "../../core/time.ts";
import { cookie } from "./flow.ts";

const noList = "The logins of this flow stand in cookies, out in browsers. The server keeps none to list.";
const noRefresh = "There is no refresh token: the cookie itself is reissued while it is used.";

export const manifest = {
  id: "cookie",
  title: "Cookie",
  trusts: "Trusts its own seal: all there is to know about a login stands in the cookie.",
  therefore: "It therefore cannot take a copy back, unless it asks something besides the cookie.",
  presents: "cookie",
  cookies: [cookie],
  defaults: { lab: "cookie/sealed", production: "cookie/sealed-versioned" },
  variants: [
    {
      id: "cookie/sealed",
      title: "Sealed",
      safety: "limited",
      summary: "Unreadable and unchangeable, and nobody is asked. A copy outlives its logout, to its idle end.",
      settings: { revocation: "none", lifetimes: standardLifetimes },
      cannot: {
        list: noList,
        refresh: noRefresh,
        revoke:
          "All of the login is in the cookie, so there is nothing on the server to delete. A copy lives to its own end.",
        revokeOne: "There is nothing on the server that stands for one login.",
      },
      claims: {
        "replay-after-logout": [{ credential: "access", outcome: "exposed", until: "idle", authority: "current" }],
        "replay-after-revoke-all": [{ credential: "access", outcome: "exposed", until: "idle", authority: "current" }],
        "refresh-replay": [],
        "password-change": [{ credential: "access", outcome: "exposed", until: "idle", authority: "current" }],
        "role-lowered": [{ credential: "access", outcome: "exposed", until: "idle", authority: "stale" }],
        "cross-flow": [{ credential: "access", outcome: "INVALID_CREDENTIAL", until: "at-once" }],
      },
    },
    {
      id: "cookie/sealed-versioned",
      title: "Sealed, versioned",
      safety: "safe",
      summary:
        "The seal carries the person's version and each request asks for today's. All of a person's logins end together, also at logout.",
      settings: { revocation: "user-version", lifetimes: standardLifetimes },
      cannot: {
        list: noList,
        refresh: noRefresh,
        revokeOne:
          "The person's version is the only handle there is, so one login cannot be told from another: all of them end together.",
      },
      claims: {
        "replay-after-logout": [{ credential: "access", outcome: "REVOKED", until: "at-once" }],
        "replay-after-revoke-all": [{ credential: "access", outcome: "REVOKED", until: "at-once" }],
        "refresh-replay": [],
        "password-change": [{ credential: "access", outcome: "REVOKED", until: "at-once" }],
        "role-lowered": [{ credential: "access", outcome: "exposed", until: "idle", authority: "stale" }],
        "cross-flow": [{ credential: "access", outcome: "INVALID_CREDENTIAL", until: "at-once" }],
      },
    },
  ],
} as const satisfies FlowManifest;
