import { ok, type Result, refuse } from "../../core/result.ts";
import { bearerOf } from "./authorization.ts";

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * May this request change state? Browsers tell where a request comes from, and scripts cannot change that:
 * `Sec-Fetch-Site` (Fetch Metadata) decides if it is present, otherwise `Origin`
 * (ASVS 3.5.1, NIST 5.1 csrf, RFC 10017 6.1 csrf, WSTG-SESS-05). A request without both is not from a browser, so its
 * cookies were set on purpose.
 */
export function judgeOrigin(request: Request, ours: string): Result<null> {
  if (isSafe(request)) return ok(null);
  const { headers } = request;
  // A browser never adds a bearer token by itself, so another site's page cannot make it send one. It does add HTTP
  // Basic.
  if (bearerOf(request) !== undefined && !headers.has("cookie")) return ok(null);
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin" ? ok(null) : refuse("CROSS_SITE_REQUEST");
  const origin = headers.get("origin");
  if (origin === null) return ok(null);
  // The server may be reached by several names, but never by another scheme than its own.
  const asked = `${new URL(ours).protocol}//${headers.get("host")}`;
  return origin === ours || origin === asked ? ok(null) : refuse("CROSS_SITE_REQUEST");
}

/**
 * May this request, which came without a lab cookie, start a lab? A navigation may, from anywhere: it opens a page. What
 * another site's page sends otherwise may not: it could make labs in a visitor's browser, as many as it likes.
 */
export function mayStartLab({ headers }: Pick<Request, "headers">): boolean {
  const site = headers.get("sec-fetch-site") ?? "none";
  return site === "same-origin" || site === "none" || headers.get("sec-fetch-mode") === "navigate";
}

/**
 * GET and HEAD have no effect, so making a browser send them is of no use to another site
 * (RFC 9110 §9.2.1, ASVS 3.5.3).
 */
export function isSafe({ method }: Request): boolean {
  return safeMethods.has(method);
}
