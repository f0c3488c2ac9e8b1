import type { CookieSpec } from "../../core/cookie.ts";
import type { FlowRequest } from "../../core/request.ts";

/** What proves who asks: a signed token in some variants, an opaque id in the others. */
// ASVS 3.3.1, 3.3.2, 3.3.3, 3.3.4; NIST 5.1.1 secure, NIST 5.1.1 script, NIST 5.1.1 prefix, NIST 5.1.1 samesite; WSTG-SESS-02, WSTG-SESS-09;
// RFC 10017 6.1 secure, RFC 10017 6.1 scope.
export const cookie = {
  name: "__Host-hybrid",
  path: "/",
  httpOnly: true,
  secure: true,
  sameSite: "lax",
} as const satisfies CookieSpec;

/** The id that renews a short token. Only refresh and logout look at it, and a login that replaces another. */
export const refreshCookie = {
  name: "__Host-renewal",
  path: "/",
  httpOnly: true,
  secure: true,
  sameSite: "strict",
} as const satisfies CookieSpec;

/** Deletes what of this flow the browser sent along, whichever variant it is of. */
export function forgetCookies({ cookies }: FlowRequest): void {
  for (const spec of [cookie, refreshCookie]) {
    if (cookies.get(spec.name)) cookies.set(spec.name, "", { ...spec, maxAge: 0 });
  }
}
