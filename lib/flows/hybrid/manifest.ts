import type { FlowManifest } from "../../core/flow.ts";
import { standardLifetimes } from "../../core/time.ts";
import { cookie } from "./flow.ts";

export const manifest = {
  id: "hybrid",
  title: "Hybrid",
  trusts: "Trusts a signature first and a record second: what was not signed here never reaches the store.",
  therefore: "It therefore ends a login at once, and pays for both checks on every request.",
  cookies: [cookie],
  defaults: { lab: "hybrid/allowlist", production: "hybrid/allowlist" },
  variants: [
    {
      id: "hybrid/allowlist",
      title: "Allowlist",
      safety: "safe",
      summary: "A signed token counts only while its jti has a live record. Ending the record ends the token.",
      settings: { revocation: "none", store: "sql", algorithm: "EdDSA", lifetimes: standardLifetimes },
      holds: [{ credential: "access", travels: "cookie", cookie: cookie.name }],
      cannot: { refresh: "There is no refresh token: the token itself is reissued while it is used." },
      claims: {
        "replay-after-logout": [{ credential: "access", outcome: "REVOKED", until: "at-once" }],
        "replay-after-revoke-all": [{ credential: "access", outcome: "REVOKED", until: "at-once" }],
        "refresh-replay": [],
        "password-change": [{ credential: "access", outcome: "REVOKED", until: "at-once" }],
        "role-lowered": [{ credential: "access", outcome: "exposed", until: "idle", authority: "current" }],
        forge: [{ credential: "access", outcome: "INVALID_CREDENTIAL", until: "at-once" }],
        "cross-flow": [{ credential: "access", outcome: "INVALID_CREDENTIAL", until: "at-once" }],
      },
    },
  ],
} as const satisfies FlowManifest;
