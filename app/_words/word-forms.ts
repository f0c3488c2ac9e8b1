import type { WordId } from "./definitions.ts";

/**
 * The words that are marked where a sentence has them. The others have a definition too, and are too common to be marked.
 * Every page with sentences loads this list, and no definition.
 */
export const marked = [
  ...(["session id", "access token", "refresh token", "bearer token", "JWT", "payload", "signature"] as const),
  ...(["exp", "iat", "nbf", "jti", "iss", "aud", "sub", "auth_time", "sid", "alg", "typ", "kid"] as const),
  ...(["sealed", "encrypted", "hash", "opaque", "family", "rotation", "successor", "grace", "reuse"] as const),
  ...(["allowlist", "denylist", "introspection", "gateway", "idle end", "absolute end", "slide", "revoke"] as const),
  ...(["evicted", "reauthenticate", "elevated", "binding", "HttpOnly", "SameSite", "origin", "replay"] as const),
  ...(["session fixation", "CSRF", "XSS", "silent thief", "active thief"] as const),
  ...(["argon2id", "EdDSA", "ES256", "HS256", "JWKS"] as const),
] as const satisfies readonly WordId[];

/** Forms of a word other than the word itself and its plural with s. */
export const forms = {
  families: "family",
  rotated: "rotation",
  rotates: "rotation",
  "person’s version": "version",
  revoked: "revoke",
  revocation: "revoke",
  reauthenticated: "reauthenticate",
  replayed: "replay",
} as const satisfies Readonly<Record<string, WordId>>;
