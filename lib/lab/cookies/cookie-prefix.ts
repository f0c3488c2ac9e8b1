/**
 * The attributes that a cookie's name prefix requires, enforced by browsers (draft-ietf-httpbis-layered-cookies
 * §4.1.3). The longer ones first.
 */
export const cookiePrefixes = ["__Host-Http-", "__Host-", "__Http-", "__Secure-"] as const;

/** The name without its prefix: with and without prefix it is the same cookie of a flow. */
export function bareCookieName(name: string): string {
  const prefix = cookiePrefixes.find((each) => name.startsWith(each));
  return prefix ? name.slice(prefix.length) : name;
}

/** Do two names differ by their prefix only? */
export function isSameCookie(name: string, other: string): boolean {
  return bareCookieName(name) === bareCookieName(other);
}
