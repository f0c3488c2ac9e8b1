import type { CookieAttributes, CookieJar, CookieSpec } from "../core/cookie.ts";
import { headerDecides } from "../core/credential.ts";
import type { RefusalCode } from "../core/refusal.ts";
import type { FlowRequest } from "../core/request.ts";

type Cookies = { readonly cookies: readonly CookieSpec[] };

/** A jar of the edge knows where a lab has set its cookies. */
type DeletingJar = CookieJar & { forgetElsewhere?(name: string, attributes: CookieAttributes): void };

/** Deletes the cookies of a flow that came with the request, and those at other places of the lab. */
export function forgetCookies(jar: DeletingJar, { cookies }: Cookies): void {
  for (const { name, ...attributes } of cookies) {
    if (jar.get(name)) jar.set(name, "", { ...attributes, maxAge: 0 });
    jar.forgetElsewhere?.(name, attributes);
  }
}

/** A header of another client than the browser proves that client's login. The cookies beside it stay. */
export function goesByCookies(
  { bearer }: Pick<FlowRequest, "bearer">,
  manifest: Parameters<typeof headerDecides>[0],
): boolean {
  return bearer === undefined || !headerDecides(manifest);
}

/** Final refusals: no later request with the same credential is accepted. */
const final: ReadonlySet<RefusalCode> = new Set(["EXPIRED", "REVOKED", "REUSE_DETECTED", "INVALID_CREDENTIAL"]);

/**
 * After a refused refresh by a cookie: nothing will renew this login any more, so the browser does not go on with the
 * rest of it. Only after a refresh, and only for a final finding: a request that was refused for another reason may
 * succeed later with the same cookies.
 */
export function forgetRefused(jar: DeletingJar, cookies: Cookies, code: RefusalCode): void {
  if (final.has(code)) forgetCookies(jar, cookies);
}
