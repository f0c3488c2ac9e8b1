import type { WordId } from "./definitions.ts";

/** The words of the page, in groups. */
export const wordGroups: readonly { readonly title: string; readonly words: readonly WordId[] }[] = [
  {
    title: "What a client holds",
    words: [
      "credential",
      "client",
      "cookie",
      "session id",
      "token",
      "access token",
      "refresh token",
      "bearer token",
      "JWT",
      "copy",
    ],
  },
  {
    title: "What stands in a token",
    words: [
      "header",
      "payload",
      "signature",
      "exp",
      "iat",
      "nbf",
      "jti",
      "iss",
      "aud",
      "sub",
      "auth_time",
      "sid",
      "alg",
      "typ",
      "kid",
    ],
  },
  { title: "How state is protected", words: ["plain", "signed", "sealed", "encrypted", "hash", "opaque"] },
  {
    title: "What the server keeps and asks",
    words: [
      ...(["record", "family", "rotation", "successor", "grace", "reuse"] as const),
      ...(["allowlist", "denylist", "version", "introspection", "gateway"] as const),
    ],
  },
  {
    title: "How long a login lives",
    words: ["idle end", "absolute end", "slide", "revoke", "evicted", "reauthenticate", "elevated", "binding"],
  },
  { title: "What a browser does", words: ["HttpOnly", "Secure", "SameSite", "__Host-", "origin"] },
  {
    title: "Attacks",
    words: ["replay", "session fixation", "CSRF", "XSS", "silent thief", "active thief"],
  },
  {
    title: "Algorithms and documents",
    words: ["argon2id", "EdDSA", "ES256", "HS256", "JWKS", "RFC", "ASVS", "NIST", "WSTG"],
  },
  { title: "This laboratory", words: ["flow", "variant", "lab", "plug", "claim"] },
];
