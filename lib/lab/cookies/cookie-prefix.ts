/** What a name's beginning promises, held by the browser (draft-ietf-httpbis-layered-cookies §4.1.3). The longer ones first. */
export const cookiePrefixes = ["__Host-Http-", "__Host-", "__Http-", "__Secure-"] as const;

/** The name without what its prefix promises: two spellings of it are one cookie of a flow. */
export function bareCookieName(name: string): string {
  const prefix = cookiePrefixes.find((each) => name.startsWith(each));
  return prefix ? name.slice(prefix.length) : name;
}

/** Two spellings of one of a flow's cookies: the same but for what their prefixes promise. */
export function isSameCookie(name: string, other: string): boolean {
  return bareCookieName(name) === bareCookieName(other);
}
