import { cookieOf, type Objection, sentToken } from "../defences.ts";
import type { CsrfRequest } from "../model.ts";
import { areEqual, csrfCookies } from "../tokens.ts";

/**
 * The mistake: the token of the request only has to be that of a cookie, which a host beside this one can set (RFC 6265bis
 * §8.6). Of several cookies of the name the first counts, which is that with the longest Path.
 */
export function byNaiveDoubleSubmit(request: CsrfRequest): Objection {
  if (request.method === "GET" || request.method === "HEAD") return null;
  const held = cookieOf(request, csrfCookies.plainToken) ?? "";
  return held !== "" && areEqual(sentToken(request), held) ? null : "CSRF_TOKEN";
}
