import type { VariantId } from "../../core/ids.ts";

type Peer = {
  readonly title: string;
  /** Its package, and its folder below `bench/peers`. */
  readonly library: string;
  /** Where it keeps a login, as its documentation sets it up. */
  readonly keeps: string;
  /** The variants that keep a login in such a place. */
  readonly of: readonly VariantId[];
};

/** Libraries that keep people logged in, measured in the same run as the variants that do alike. */
export const peers = {
  "next-auth": {
    title: "next-auth",
    library: "next-auth",
    keeps: "an encrypted token in a cookie",
    of: [
      ...["cookie/plain", "cookie/signed", "cookie/sealed"],
      ...["memory-jwt/rotating", "memory-jwt/es256", "memory-jwt/hs256", "memory-jwt/forgetful-logout"],
      ...["memory-jwt/session-storage", "memory-jwt/local-storage", "memory-jwt/script-cookie"],
      ...["memory-jwt/http-only-cookie", "hybrid/short-jwt"],
    ],
  },
  "better-auth": {
    title: "Better Auth",
    library: "better-auth",
    keeps: "a session in SQL",
    of: [
      ...["cookie/sealed-versioned", "server-session/sql", "server-session/signed-id", "server-session/file"],
      ...["memory-jwt/denylist", "memory-jwt/user-version", "hybrid/allowlist", "hybrid/bearer-or-session"],
    ],
  },
  "better-auth-cached": {
    title: "Better Auth with its cookie cache",
    library: "better-auth",
    keeps: "a session in SQL, believed from a cookie meanwhile",
    of: ["server-session/memory", "server-session/cached"],
  },
  "express-session": {
    title: "express-session",
    library: "express-session",
    keeps: "a session in Redis",
    of: ["server-session/redis"],
  },
} as const satisfies Readonly<Record<string, Peer>>;

export type PeerId = keyof typeof peers;

/** So many times cheaper than its peer a variant is to be, hot and with a read cache where it asks a store. */
export const timesCheaper = 3;

/** The peer of a variant. `null`: no library is known that does alike. */
export function peerOf(variant: VariantId): PeerId | null {
  const found = Object.entries(peers).find(([, { of }]) => (of as readonly VariantId[]).includes(variant));
  return (found?.[0] as PeerId | undefined) ?? null;
}
