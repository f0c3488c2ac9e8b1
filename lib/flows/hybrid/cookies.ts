import type { LoginCookie } from "../../core/cookie.ts";
import type { FlowRequest } from "../../core/request.ts";

/** What proves who asks: a signed token in some variants, an opaque id in the others. */
export const cookie = {
  name: "__Host-hybrid",
  path: "/",
  httpOnly: true,
  secure: true,
  sameSite: "lax",
} as const satisfies LoginCookie;

/** The id that renews a short token. Only refresh and logout look at it, and a login that replaces another. */
export const refreshCookie = {
  name: "__Host-renewal",
  path: "/",
  httpOnly: true,
  secure: true,
  sameSite: "strict",
} as const satisfies LoginCookie;

/** Deletes what of this flow the browser sent along, whichever variant it is of. */
export function forgetCookies({ cookies }: FlowRequest): void {
  for (const spec of [cookie, refreshCookie]) {
    if (cookies.get(spec.name)) cookies.set(spec.name, "", { ...spec, maxAge: 0 });
  }
}
