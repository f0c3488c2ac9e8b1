import { domainMatches, isTrustworthy, pathMatches, type StoredCookie } from "./cookie-verdict.ts";

/** A request that a browser is about to make, for a page of the target's own site. */
export type OutgoingRequest = {
  readonly scheme: "http" | "https";
  readonly host: string;
  readonly path: string;
  readonly now: number;
};

/** Why a browser does not send a cookie (RFC 6265bis §5.8.3). */
export const stayReasons = {
  HOST: ["It belongs to another host.", "6265bis §5.8.3, §5.1.3"],
  PATH: ["The address is not below its Path.", "6265bis §5.8.3, §5.1.4"],
  SECURE: ["It is Secure, and this is plain http.", "6265bis §5.8.3"],
  ENDED: ["Its time is over.", "6265bis §5.8.3"],
} as const;
export type StayReason = keyof typeof stayReasons;
export type HiddenReason = StayReason | "HTTP_ONLY";

/** `null`: it is sent. */
export function staysHome(cookie: StoredCookie, request: OutgoingRequest): StayReason | null {
  const { host, path, now } = request;
  const covers = cookie.hostOnly ? cookie.domain === host : domainMatches(host, cookie.domain);
  if (!covers) return "HOST";
  if (!pathMatches(path, cookie.path)) return "PATH";
  if (cookie.secure && !isTrustworthy(request)) return "SECURE";
  return cookie.endsAt !== null && cookie.endsAt <= now ? "ENDED" : null;
}

/** Why a script of a page does not find it in `document.cookie` (RFC 6265bis §5.8.2); `null`: it does. */
export function hiddenFromScripts(cookie: StoredCookie, page: OutgoingRequest): HiddenReason | null {
  return cookie.httpOnly ? "HTTP_ONLY" : staysHome(cookie, page);
}
