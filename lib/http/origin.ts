import { ok, type Result, refuse } from "../core/result.ts";

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * May this request change something? Browsers say where a request comes from and scripts cannot lie
 * about it: `Sec-Fetch-Site` (Fetch Metadata) decides where it is sent, `Origin` where it is not
 * (ASVS 3.5.1). With neither it is no browser, and has no cookies it does not know of.
 */
export function judgeOrigin(request: Request): Result<null> {
  if (safeMethods.has(request.method)) return ok(null);
  const { headers } = request;
  // An Authorization header is never added by the browser itself, so nobody else's page can ride on it.
  if (headers.has("authorization") && !headers.has("cookie")) return ok(null);
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin" ? ok(null) : refuse("CROSS_SITE_REQUEST");
  const origin = headers.get("origin");
  if (origin === null) return ok(null);
  return hostOf(origin) === headers.get("host") ? ok(null) : refuse("CROSS_SITE_REQUEST");
}

/** `null` and anything that is not an address have no host, and are nobody's origin. */
function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
