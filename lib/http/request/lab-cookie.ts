/**
 * Names a visitor's lab. SameSite=None: with a stricter value every cross-site experiment would fail, because its
 * requests would come without a lab. The cookie opens a private playground only.
 */
export const labCookie = {
  name: "__Host-lab",
  path: "/",
  httpOnly: true,
  secure: true,
  sameSite: "none",
  maxAge: 7 * 24 * 60 * 60,
} as const;

/** 256 random bits, base64url. */
export const labCookieValue = /^[\w-]{43}$/;
