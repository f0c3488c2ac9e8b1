/**
 * The cookies of one request, and the ones its answer will set. It has the shape that iron-session
 * and Next.js agree on, so iron-session is handed the jar itself.
 */
export interface CookieJar {
  get(name: string): { name: string; value: string } | undefined;
  set(name: string, value: string, attributes: CookieAttributes): unknown;
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
