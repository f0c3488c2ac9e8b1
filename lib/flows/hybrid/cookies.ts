import type { LoginCookie } from "../../core/cookie.ts";
import type { FlowRequest } from "../../core/request.ts";

/** The access cookie: a signed token in some variants, an opaque id in the others. */
export const cookie = {
  name: "__Host-hybrid",
  path: "/",
  httpOnly: true,
  secure: true,
  sameSite: "lax",
} as const satisfies LoginCookie;

/** The id that renews a short token. Read by refresh, logout, and a login that replaces another. */
export const refreshCookie = {
  name: "__Host-renewal",
  path: "/",
  httpOnly: true,
  secure: true,
  sameSite: "strict",
} as const satisfies LoginCookie;

/** Deletes the cookies of this flow that came with the request, of any variant. */
export function forgetCookies({ cookies }: FlowRequest): void {
  for (const spec of [cookie, refreshCookie]) {
    if (cookies.get(spec.name)) cookies.set(spec.name, "", { ...spec, maxAge: 0 });
  }
}
