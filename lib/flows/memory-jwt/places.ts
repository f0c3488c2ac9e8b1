import type { CookieSpec, LoginCookie } from "../../core/cookie.ts";
import type { Grant } from "../../core/login.ts";
import type { FlowDeps } from "../../core/ports.ts";
import type { RefreshFamily } from "../../core/record.ts";
import type { FlowRequest } from "../../core/request.ts";
import { ok, type Result } from "../../core/result.ts";
import type { Instant } from "../../core/time.ts";
import { traitsOf } from "../../core/token-storage.ts";

/**
 * Where a variant puts the access token into a cookie. Strict: only the flow's own pages ask with it, by fetch, so
 * nothing is lost by staying at home whenever another site asks, and a forged request carries nothing.
 */
export const accessCookie = {
  name: "__Host-access",
  path: "/",
  httpOnly: true,
  secure: true,
  sameSite: "strict",
} as const satisfies LoginCookie;

type Token = { readonly value: string; readonly expiresAt: Instant };
type Pair = { readonly access: Token; readonly refresh: Token };

/** Where a client of this variant keeps its two tokens: who sends them, and by what. */
export function createPlaces({ settings, refuse }: Pick<FlowDeps, "settings" | "refuse">, refreshCookie: CookieSpec) {
  const { inCookie, readable, withRefreshToken } = traitsOf(settings.storage);
  // The same cookie but for one word of its Set-Cookie line: what that word is worth is the lesson.
  const access = { ...accessCookie, httpOnly: !(inCookie && readable) };

  function clear({ cookies }: FlowRequest, spec: CookieSpec): void {
    if (cookies.get(spec.name)) cookies.set(spec.name, "", { ...spec, maxAge: 0 });
  }

  return {
    /** A page that stores its refresh token has it from a body and gives it back in one, as a native client does. */
    clientOf(asked: RefreshFamily["client"]): RefreshFamily["client"] {
      return withRefreshToken ? "native" : asked;
    },

    /**
     * The access token that was shown, from where this variant put it and from nowhere else: one that a page keeps
     * cannot be made to act by cookie, and one in an HttpOnly cookie is worth nothing in a header. A header decides
     * alone when it is there.
     */
    shown({ bearer, cookies }: FlowRequest): Result<string> {
      const value = bearer ?? cookies.get(accessCookie.name)?.value;
      if (!value) return refuse("NO_CREDENTIAL");
      return inCookie === (bearer === undefined) ? ok(value) : refuse("INVALID_CREDENTIAL");
    },

    /** Each token to its place and to no other (ASVS 10.1.1, NIST 5.1 storage); what an earlier login left in the others goes. */
    give(request: FlowRequest, pair: Pair, family: RefreshFamily, now: Instant): Partial<Grant> {
      const { cookies } = request;
      // NIST 5.1 restart: without Max-Age it goes with the browser.
      const maxAge = family.remembered ? Math.floor((family.endsAt - now) / 1000) : undefined;
      const native = family.client === "native";
      if (inCookie) cookies.set(access.name, pair.access.value, { ...access, maxAge });
      else clear(request, access);
      if (native) clear(request, refreshCookie);
      else cookies.set(refreshCookie.name, pair.refresh.value, { ...refreshCookie, maxAge });
      return { ...(!inCookie && { accessToken: pair.access }), ...(native && { refreshToken: pair.refresh }) };
    },

    /** Out of the jar with them: no script can take them out. */
    clearAll(request: FlowRequest): void {
      clear(request, access);
      clear(request, refreshCookie);
    },

    /** Nothing will renew what stands there. */
    clearAccess: (request: FlowRequest) => clear(request, access),
  };
}
