import type { CookieSpec, LoginCookie } from "../../core/cookie.ts";
import type { Grant } from "../../core/login.ts";
import type { FlowDeps } from "../../core/ports.ts";
import type { RefreshFamily } from "../../core/record.ts";
import type { FlowRequest } from "../../core/request.ts";
import { ok, type Result } from "../../core/result.ts";
import type { Instant } from "../../core/time.ts";
import { traitsOf } from "../../core/token-storage.ts";
import type { IssuedToken } from "./access-token.ts";

/**
 * The cookie of the access token, in variants that keep it in one. Strict: the flow's own pages send it by fetch, so
 * they need no cross-site requests, and a forged request does not carry it.
 */
export const accessCookie = {
  name: "__Host-access",
  path: "/",
  httpOnly: true,
  secure: true,
  sameSite: "strict",
} as const satisfies LoginCookie;

export type TokenPair = { readonly access: IssuedToken; readonly refresh: string };

/**
 * Delivers the two tokens of this variant to the places where its client keeps them, and reads the access token from
 * there.
 */
export function createTokenDelivery(
  { settings, refuse }: Pick<FlowDeps, "settings" | "refuse">,
  refreshCookie: CookieSpec,
) {
  const { inCookie, readable, withRefreshToken } = traitsOf(settings.storage);
  // The two cookie variants differ in HttpOnly alone. The lesson is what HttpOnly changes.
  const access = { ...accessCookie, httpOnly: !(inCookie && readable) };

  function clear({ cookies }: FlowRequest, spec: CookieSpec): void {
    if (cookies.get(spec.name)) cookies.set(spec.name, "", { ...spec, maxAge: 0 });
  }

  return {
    /** A page that stores its refresh token gets it in a body and sends it in one, as a native client does. */
    clientOf(asked: RefreshFamily["client"]): RefreshFamily["client"] {
      return withRefreshToken ? "native" : asked;
    },

    /**
     * The access token of a request, only from where this variant keeps it: a token that a page keeps is refused in a
     * cookie, and one in an HttpOnly cookie is refused in a header. If there is a header, it decides alone.
     */
    accessTokenOf({ bearer, cookies }: FlowRequest): Result<string> {
      const value = bearer ?? cookies.get(accessCookie.name)?.value;
      if (!value) return refuse("NO_CREDENTIAL");
      return inCookie === (bearer === undefined) ? ok(value) : refuse("INVALID_CREDENTIAL");
    },

    /** The access token in the place where this variant puts it, whatever else came. */
    keptAccessToken: ({ bearer, cookies }: FlowRequest): string | undefined =>
      (inCookie ? cookies.get(accessCookie.name)?.value : bearer) || undefined,

    /** Does the access token fit into its cookie, where it has one? */
    fits: ({ cookies }: FlowRequest, token: IssuedToken) => !inCookie || cookies.fits(access.name, token.value),

    /**
     * Each token to its own place only (ASVS 10.1.1, NIST 5.1 storage). Cookies of an earlier login in other places are
     * deleted.
     */
    deliver(request: FlowRequest, pair: TokenPair, family: RefreshFamily, now: Instant): Partial<Grant> {
      const { cookies } = request;
      // NIST 5.1 restart: without Max-Age the cookie ends with the browser.
      const maxAge = family.remembered ? Math.floor((family.endsAt - now) / 1000) : undefined;
      const native = family.client === "native";
      if (inCookie) cookies.set(access.name, pair.access.value, { ...access, maxAge });
      else clear(request, access);
      if (native) clear(request, refreshCookie);
      else cookies.set(refreshCookie.name, pair.refresh, { ...refreshCookie, maxAge });
      const refreshToken = { value: pair.refresh, expiresAt: family.endsAt };
      return { ...(!inCookie && { accessToken: pair.access }), ...(native && { refreshToken }) };
    },

    /** Deletes both cookies. A page script cannot delete an HttpOnly one. */
    clearAll(request: FlowRequest): void {
      clear(request, access);
      clear(request, refreshCookie);
    },
  };
}
