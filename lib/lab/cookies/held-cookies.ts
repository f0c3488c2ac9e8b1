import { parseSetCookie } from "./set-cookie-line.ts";

/**
 * The cookies of a client that is no browser: values by name. It talks to one origin, so of the attributes only
 * deletion matters.
 */
export type HeldCookies = Map<string, string>;

/** Applies an answer's Set-Cookie lines: stores and deletes. */
export function absorbCookies(held: HeldCookies, { headers }: Pick<Response, "headers">): void {
  for (const { name, value, maxAge } of headers.getSetCookie().map(parseSetCookie)) {
    // RFC 6265bis §5.6.2: a Max-Age of zero or less is a time that has passed.
    if (maxAge !== null && maxAge <= 0) held.delete(name);
    else held.set(name, value);
  }
}

/** The Cookie header with all of them (RFC 6265bis §4.2.1); `null` if there are none. */
export function cookieHeader(held: ReadonlyMap<string, string>): string | null {
  return held.size === 0 ? null : [...held].map(([name, value]) => `${name}=${value}`).join("; ");
}
