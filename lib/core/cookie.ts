/**
 * The cookies of one request, and those that its answer will set. iron-session and Next.js have `get` and `set` in
 * the same shape, so iron-session can use the jar directly.
 */
export interface CookieJar {
  get(name: string): { name: string; value: string } | undefined;
  /** Throws for a cookie that does not fit. */
  set(name: string, value: string, attributes: CookieAttributes): unknown;
  /** Would a browser keep this cookie, under the name that it is sent with? `spare`: bytes to leave free. */
  fits(name: string, value: string, spare?: number): boolean;
}

/** Name and value together; browsers drop a longer cookie without a word (RFC 6265bis §5.6 step 5, ASVS 3.3.5). */
const maxCookieBytes = 4096;

/**
 * Counted as the cookie is sent: a jar percent-encodes what a value may not hold, such as quotes and commas
 * (RFC 6265bis §4.1.1), and makes three bytes of one.
 */
export function fitsIntoCookie(name: string, value: string, spare = 0): boolean {
  return name.length + encodeURIComponent(value).length + spare <= maxCookieBytes;
}

/** Attributes of Set-Cookie (RFC 6265bis §4.1.2). Max-Age only, never Expires: a login's end is the server's decision (NIST 5.1.1 expiry). */
export type CookieAttributes = {
  readonly path?: string | undefined;
  readonly domain?: string | undefined;
  /** Seconds; 0 deletes; absent: the cookie ends with the browser. */
  readonly maxAge?: number | undefined;
  readonly httpOnly?: boolean | undefined;
  readonly secure?: boolean | undefined;
  readonly sameSite?: "lax" | "strict" | "none" | boolean | undefined;
  readonly partitioned?: boolean | undefined;
};

/** A cookie that a flow owns: its name and the attributes it is always sent with. */
export type CookieSpec = CookieAttributes & { readonly name: string };

/** A cookie that carries a credential. The cookie constant of each flow has to fit this type. */
export type LoginCookie = CookieSpec & {
  /** The browser takes it only with the next three lines, so no other host and no http page sets it (ASVS 3.3.3, NIST 5.1.1 prefix). */
  readonly name: `__Host-${string}`;
  /** For every path of this host and for no other host (RFC 10017 6.1 scope). */
  readonly path: "/";
  readonly domain?: undefined;
  /** Over https only (ASVS 3.3.1, NIST 5.1.1 secure, RFC 10017 6.1 secure). */
  readonly secure: true;
  /** No script of the page reads it (ASVS 3.3.4, NIST 5.1.1 script, WSTG-SESS-02). */
  readonly httpOnly: true;
  /**
   * Always explicit, so that the browser's default does not decide which cross-site requests carry it
   * (ASVS 3.3.2, NIST 5.1.1 samesite, WSTG-SESS-09).
   */
  readonly sameSite: "lax" | "strict";
};
