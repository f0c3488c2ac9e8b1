/**
 * Names a visitor's lab. SameSite=None because a stricter one would make every cross-site experiment
 * fail for want of a lab; it opens a private playground and nothing else.
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
