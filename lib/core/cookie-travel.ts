import { domainMatches, isTrustworthy, pathMatches, type StoredCookie } from "./cookie-verdict.ts";

/** A request that a browser is about to make. */
export type OutgoingRequest = {
  readonly scheme: "http" | "https";
  readonly host: string;
  readonly path: string;
  /** Who makes it: this site, a link that a person follows from another one, a form of another one, or a part of its page. */
  readonly from: "same-site" | "link" | "form" | "part";
  readonly now: number;
  /** When the cookie was made, for Chromium's two minutes of leniency towards a cookie without SameSite. */
  readonly madeAt?: number;
};

/** Why a cookie stays home (RFC 6265bis §5.8.3). */
export const stayReasons = {
  HOST: ["It belongs to another host.", "6265bis §5.8.3, §5.1.3"],
  PATH: ["The address is not below its Path.", "6265bis §5.8.3, §5.1.4"],
  SECURE: ["It is Secure, and this is plain http.", "6265bis §5.8.3"],
  ENDED: ["Its time is over.", "6265bis §5.8.3"],
  SAME_SITE: ["Another site asks, and its SameSite forbids that.", "6265bis §5.8.3, §5.6.7"],
} as const;
export type StayReason = keyof typeof stayReasons;

/** `null`: it goes along. */
export function staysHome(cookie: StoredCookie, request: OutgoingRequest): StayReason | null {
  const { host, path, now } = request;
  const covers = cookie.hostOnly ? cookie.domain === host : domainMatches(host, cookie.domain);
  if (!covers) return "HOST";
  if (!pathMatches(path, cookie.path)) return "PATH";
  if (cookie.secure && !isTrustworthy(request)) return "SECURE";
  if (cookie.endsAt !== null && cookie.endsAt <= now) return "ENDED";
  return mayCross(cookie, request) ? null : "SAME_SITE";
}

const leniency = 120_000;

function mayCross({ sameSite }: StoredCookie, { from, now, madeAt }: OutgoingRequest): boolean {
  if (from === "same-site" || sameSite === "none") return true;
  if (sameSite === "strict") return false;
  if (from === "link") return true;
  return sameSite === "default" && from === "form" && madeAt !== undefined && now - madeAt < leniency;
}

/** Why a script of a page does not find it in `document.cookie` (RFC 6265bis §5.8.2); `null`: it does. */
export function hiddenFromScripts(
  cookie: StoredCookie,
  page: Omit<OutgoingRequest, "from">,
): StayReason | "HTTP_ONLY" | null {
  return cookie.httpOnly ? "HTTP_ONLY" : staysHome(cookie, { ...page, from: "same-site" });
}
