/**
 * Why a browser refuses a Set-Cookie line, or stores something else than was asked for. Each rule with its clause:
 * `6265bis` is draft-ietf-httpbis-rfc6265bis, `layered` draft-ietf-httpbis-layered-cookies, `CHIPS` the Partitioned
 * draft; `Chromium` where no clause says so.
 */
export const cookieRules = {
  CONTROL_CHARACTER: ["There is a control character in the line.", "6265bis §5.6 step 1"],
  TAB_INSIDE: ["There is a tab inside the name or the value.", "Chromium; 6265bis §5.6 would take it"],
  NOTHING_IN_IT: ["It has neither a name nor a value.", "6265bis §5.7"],
  TOO_LARGE: ["Name and value together have more than 4096 bytes.", "6265bis §5.6 step 5"],
  DOMAIN_ELSEWHERE: ["Its Domain does not cover the host that sent it.", "6265bis §5.7, §5.1.3"],
  DOMAIN_PUBLIC: ["Its Domain is one that many owners share, such as a single label.", "6265bis §5.7, public suffixes"],
  SECURE_OVER_HTTP: ["Secure, but it came over plain http from a host that is not this machine.", "6265bis §5.7"],
  NONE_WITHOUT_SECURE: ["SameSite=None wants Secure.", "6265bis §5.7"],
  PARTITIONED_WITHOUT_SECURE: ["Partitioned wants Secure.", "CHIPS §2.1"],
  SCRIPT_SETS_HTTP_ONLY: ["A script cannot set HttpOnly.", "6265bis §5.7"],
  SCRIPT_OVER_HTTP_ONLY: ["A script cannot overwrite a cookie that is HttpOnly.", "6265bis §5.7"],
  PREFIX_SECURE: ["A name that begins with __Secure- wants Secure.", "6265bis §5.4"],
  PREFIX_HOST: ["A name that begins with __Host- wants Secure, Path=/ and no Domain.", "6265bis §5.4"],
  PREFIX_HTTP: ["A name that begins with __Http- wants Secure and HttpOnly.", "layered §4.1.3"],
  PREFIX_HOST_HTTP: [
    "A name that begins with __Host-Http- wants Secure, HttpOnly, Path=/ and no Domain.",
    "layered §4.1.3",
  ],
  PREFIX_IN_VALUE: ["It has no name, and its value looks like a name with a prefix.", "6265bis §5.7"],
} as const satisfies Record<string, readonly [sentence: string, clause: string]>;
export type CookieRule = keyof typeof cookieRules;

/** Deviations of the browser that are no refusal. */
export const cookieNotes = {
  CAPPED: ["It lives 400 days at most, whatever was asked for.", "6265bis §5.5"],
  DEFAULT_PATH: ["No Path that begins with /, so the folder of the address that sent it counts.", "6265bis §5.1.4"],
  ATTRIBUTE_TOO_LONG: ["An attribute with more than 1024 bytes is passed over.", "6265bis §5.6"],
  ATTRIBUTE_UNKNOWN: ["An attribute that nobody knows is passed over.", "6265bis §5.6"],
  ATTRIBUTE_UNREADABLE: ["An attribute that cannot be read is passed over.", "6265bis §5.6.1, §5.6.2"],
  LAX_BY_DEFAULT: ["No SameSite, so the browser’s own default counts: Lax in Chromium.", "6265bis §5.6.7"],
  HOST_ONLY_DOMAIN: ["Its Domain is this very host and has no other below it: as if none were given.", "6265bis §5.7"],
  NO_NAME: ["It has no name: the browser sends the bare value.", "6265bis §5.6"],
  MAX_AGE_WINS: ["Max-Age counts, Expires does not.", "6265bis §5.7"],
} as const satisfies Record<string, readonly [sentence: string, clause: string]>;
export type CookieNote = keyof typeof cookieNotes;
