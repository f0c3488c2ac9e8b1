import { parseSetCookie } from "./set-cookie-line.ts";

/** What a client that is no browser holds: values by name. It goes to one origin, so attributes decide nothing but deletion. */
export type HeldCookies = Map<string, string>;

/** Takes in what an answer sets, and lets go of what it expires. */
export function absorbCookies(held: HeldCookies, { headers }: Pick<Response, "headers">): void {
  for (const { name, value, maxAge } of headers.getSetCookie().map(parseSetCookie)) {
    // RFC 6265bis §5.6.2: a Max-Age of zero or less is a time that has passed.
    if (maxAge !== null && maxAge <= 0) held.delete(name);
    else held.set(name, value);
  }
}

/** The Cookie header that sends all of it along (RFC 6265bis §4.2.1); `null` where nothing is held. */
export function cookieHeader(held: ReadonlyMap<string, string>): string | null {
  return held.size === 0 ? null : [...held].map(([name, value]) => `${name}=${value}`).join("; ");
}
