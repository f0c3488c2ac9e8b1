/** What a token is asked, in the order in which it is asked. The first step that refuses is the last. */
export const tokenSteps = [
  "spelling",
  "header",
  "algorithm",
  "key",
  "signature",
  "payload",
  "typ",
  "claims",
  "iss",
  "aud",
  "nbf",
  "exp",
  "shape",
  "variant",
] as const;

export type TokenStep = (typeof tokenSteps)[number];

/** The same for a signed cookie, once its address is taken off. */
export const signedCookieSteps = ["split", "base64url", "key", "signature", "decompress", "parse"] as const;
