import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * The cookies of a play. The first five carry nothing: each tells what a browser does with a cookie of that SameSite. Two
 * have none: one is renewed before each request, and one grows old.
 * The others are what tokens against CSRF are kept in.
 */
export const csrfCookies = {
  none: "csrf-none",
  omitted: "csrf-omitted",
  aged: "csrf-aged",
  lax: "csrf-lax",
  strict: "csrf-strict",
  plainToken: "csrf-token",
  hostToken: "__Host-csrf-token",
  session: "__Host-csrf-session",
} as const;

/**
 * A token for one session: a random value, and the HMAC of both under a key of the server's (signed double submit, OWASP
 * CSRF Prevention Cheat Sheet). Before a login the session is a pre-session, and a login begins another one.
 */
export function tokenFor(session: string, value: string, key: string): string {
  return `${value}.${hmacOf(session, value, key)}`;
}

/** Whether this server made the token for that session. */
export function isTokenOf(session: string, token: string, key: string): boolean {
  const [value = "", mac = "", ...rest] = token.split(".");
  return rest.length === 0 && areEqual(mac, hmacOf(session, value, key));
}

/** In a time that tells nothing of where two texts differ. */
export function areEqual(one: string, other: string): boolean {
  const [first, second] = [Buffer.from(one), Buffer.from(other)];
  return first.length === second.length && timingSafeEqual(first, second);
}

/** The lengths go along, so that no other pair of texts has the same input. */
function hmacOf(session: string, value: string, key: string): string {
  const input = `${session.length}!${session}!${value.length}!${value}`;
  return createHmac("sha256", key).update(input).digest("base64url");
}
