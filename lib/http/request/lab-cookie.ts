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

/** 256 random bits, base64url. A text that anybody may think of would be everybody's lab. */
const labCookieValue = /^[\w-]{43}$/;

/** The lab cookie of a request; `null`: there is none, or one that this application never made. */
export function labCookieOf(cookies: { get(name: string): { readonly value: string } | undefined }): string | null {
  const value = cookies.get(labCookie.name)?.value ?? "";
  return labCookieValue.test(value) ? value : null;
}
