import type { PlayTokens } from "./play-tokens.ts";
import { csrfCookies } from "./tokens.ts";

/** In milliseconds: a cookie of this age is older than Chromium's exception, where that is ten seconds. */
export const agedAfter = 12_000;

const lives = "Path=/; Max-Age=600";

/**
 * Makes the cookie without SameSite young again. One that is set again keeps its age (RFC 6265bis §5.7), so it is deleted
 * first. Without this it would depend on the machine which requests are sent while it is young.
 */
export const youngLines: readonly string[] = renewed(csrfCookies.omitted);

/** The cookies of a play, as its begin sets them. */
export function cookieLines({ own, session }: PlayTokens, victim: string): readonly string[] {
  return [
    // What a sibling planted in an earlier play.
    `${csrfCookies.plainToken}=; Path=/api; Domain=${new URL(victim).hostname}; Max-Age=0`,
    `${csrfCookies.none}=1; ${lives}; Secure; SameSite=None`,
    ...youngLines,
    ...renewed(csrfCookies.aged),
    `${csrfCookies.lax}=1; ${lives}; Secure; SameSite=Lax`,
    `${csrfCookies.strict}=1; ${lives}; Secure; SameSite=Strict`,
    `${csrfCookies.plainToken}=${own}; ${lives}; Secure; SameSite=None`,
    `${csrfCookies.hostToken}=${own}; ${lives}; Secure; SameSite=None`,
    `${csrfCookies.session}=${session}; ${lives}; Secure; HttpOnly; SameSite=None`,
  ];
}

function renewed(name: string): readonly string[] {
  return [`${name}=; Path=/; Max-Age=0`, `${name}=1; ${lives}; Secure`];
}
