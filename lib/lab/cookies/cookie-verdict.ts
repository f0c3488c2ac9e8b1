import type { CookieNote, CookieRule } from "./cookie-rules.ts";
import { hasControlCharacter, maxPairBytes, pairBytes, parseSetCookie, type SetCookieLine } from "./set-cookie-line.ts";

/** The origin of a Set-Cookie line. */
export type CookieContext = {
  readonly scheme: "http" | "https";
  /** Without a port: cookies ignore ports. */
  readonly host: string;
  /** The path of the request. */
  readonly path: string;
  /** Milliseconds since 1970, on the browser's clock. */
  readonly now: number;
  /** Set by a script through `document.cookie` rather than by an answer. */
  readonly byScript?: boolean;
  /** The cookies in the jar, which it could replace. */
  readonly jar?: readonly StoredCookie[];
};

/** A cookie as a browser keeps it. */
export type StoredCookie = {
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  /** Sent to this host only, not to its subdomains. */
  readonly hostOnly: boolean;
  readonly path: string;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  readonly partitioned: boolean;
  readonly sameSite: SetCookieLine["sameSite"];
  /** `null`: it ends with the browser. */
  readonly endsAt: number | null;
};

export type CookieVerdict =
  | { readonly outcome: "stored"; readonly cookie: StoredCookie; readonly notes: readonly CookieNote[] }
  /** Its end is in the past: an existing cookie of that name is deleted. */
  | { readonly outcome: "deleted"; readonly cookie: StoredCookie; readonly notes: readonly CookieNote[] }
  | { readonly outcome: "refused"; readonly rule: CookieRule };

const longestAge = 400 * 86_400_000;

/**
 * What a browser that follows the rules does with a Set-Cookie line. Computed, not observed: a browser does not report
 * this to scripts.
 */
export function judgeSetCookie(text: string, context: CookieContext): CookieVerdict {
  if (hasControlCharacter(text)) return { outcome: "refused", rule: "CONTROL_CHARACTER" };
  const line = parseSetCookie(text);
  const cookie = storedFrom(line, context);
  const rule = refusedFor(line, cookie, context);
  if (rule) return { outcome: "refused", rule };
  const over = cookie.endsAt !== null && cookie.endsAt <= context.now;
  return { outcome: over ? "deleted" : "stored", cookie, notes: notesOn(line, cookie, context) };
}

/** An origin that Chromium and Firefox trust without https: this very machine (Secure Contexts §3.1). */
export function isTrustworthy({ scheme, host }: Pick<CookieContext, "scheme" | "host">): boolean {
  const loopback = host === "localhost" || host.endsWith(".localhost") || /^127(\.\d{1,3}){3}$/.test(host);
  return scheme === "https" || loopback || host === "[::1]";
}

/** RFC 6265bis §5.1.4: the folder of the address, without the slash at its end. */
function defaultPath(path: string): string {
  const at = path.lastIndexOf("/");
  return at <= 0 ? "/" : path.slice(0, at);
}

/** RFC 6265bis §5.1.3: the same host, or one below the domain. No address has anything below it. */
export function domainMatches(host: string, domain: string): boolean {
  return host === domain || (host.endsWith(`.${domain}`) && !isAddress(host));
}

function isAddress(host: string): boolean {
  return /^[\d.]+$/.test(host) || host.startsWith("[");
}

function storedFrom(line: SetCookieLine, { host, path, now }: CookieContext): StoredCookie {
  return {
    name: line.name,
    value: line.value,
    domain: line.domain === "" ? host : line.domain,
    // A single label or an IP address has no subdomains that could share a cookie.
    hostOnly: line.domain === "" || (line.domain === host && (isAddress(host) || !host.includes("."))),
    path: line.path ?? defaultPath(path),
    secure: line.secure,
    httpOnly: line.httpOnly,
    partitioned: line.partitioned,
    sameSite: line.sameSite,
    endsAt: endOf(line, now),
  };
}

function endOf({ maxAge, expires }: SetCookieLine, now: number): number | null {
  const asked = maxAge === null ? expires : maxAge <= 0 ? 0 : now + maxAge * 1000;
  return asked === null ? null : Math.min(asked, now + longestAge);
}

type Judge = (line: SetCookieLine, cookie: StoredCookie, context: CookieContext) => CookieRule | false;

/** In the order of RFC 6265bis §5.6 and §5.7. */
const judges: readonly Judge[] = [
  ({ name, value }) => (name + value).includes("\t") && "TAB_INSIDE",
  (line) => line.name === "" && line.value === "" && "NOTHING_IN_IT",
  (line) => pairBytes(line) > maxPairBytes && "TOO_LARGE",
  judgeDomain,
  (line, _, context) => line.secure && !isTrustworthy(context) && "SECURE_OVER_HTTP",
  (line, _, { byScript }) => line.httpOnly && byScript === true && "SCRIPT_SETS_HTTP_ONLY",
  (line) => line.sameSite === "none" && !line.secure && "NONE_WITHOUT_SECURE",
  judgePrefix,
  (line) => line.name === "" && prefixOf(line.value) !== null && "PREFIX_IN_VALUE",
  (_, cookie, context) => context.byScript === true && coversHttpOnly(cookie, context) && "SCRIPT_OVER_HTTP_ONLY",
  (line) => line.partitioned && !line.secure && "PARTITIONED_WITHOUT_SECURE",
];

function refusedFor(line: SetCookieLine, cookie: StoredCookie, context: CookieContext): CookieRule | null {
  for (const judge of judges) {
    const rule = judge(line, cookie, context);
    if (rule) return rule;
  }
  return null;
}

/** Shared suffixes are a list of their own (publicsuffix.org); of it only single labels are known here. */
function judgeDomain(line: SetCookieLine, cookie: StoredCookie, { host }: CookieContext): CookieRule | false {
  if (line.domain === "" || cookie.hostOnly) return false;
  if (!domainMatches(host, line.domain)) return "DOMAIN_ELSEWHERE";
  return !line.domain.includes(".") && "DOMAIN_PUBLIC";
}

/** Prefixes are compared without regard to case (RFC 6265bis §5.4), the longest first. */
function prefixOf(name: string): "__host-http-" | "__host-" | "__http-" | "__secure-" | null {
  const lower = name.toLowerCase();
  const prefixes = ["__host-http-", "__host-", "__http-", "__secure-"] as const;
  return prefixes.find((prefix) => lower.startsWith(prefix)) ?? null;
}

function judgePrefix(line: SetCookieLine, _: StoredCookie, { byScript }: CookieContext): CookieRule | false {
  const forHost = line.secure && line.path === "/" && line.domain === "";
  const forHttp = line.secure && line.httpOnly && byScript !== true;
  switch (prefixOf(line.name)) {
    case "__host-http-":
      return !(forHost && forHttp) && "PREFIX_HOST_HTTP";
    case "__host-":
      return !forHost && "PREFIX_HOST";
    case "__http-":
      return !forHttp && "PREFIX_HTTP";
    case "__secure-":
      return !line.secure && "PREFIX_SECURE";
    case null:
      return false;
  }
}

function coversHttpOnly(cookie: StoredCookie, { jar = [] }: CookieContext): boolean {
  const { name, domain, path, hostOnly } = cookie;
  return jar.some(
    (kept) =>
      kept.httpOnly && kept.name === name && kept.domain === domain && kept.path === path && kept.hostOnly === hostOnly,
  );
}

/** RFC 6265bis §5.1.4: the same, or a folder above. */
export function pathMatches(requested: string, path: string): boolean {
  if (requested === path) return true;
  return requested.startsWith(path) && (path.endsWith("/") || requested[path.length] === "/");
}

function notesOn(line: SetCookieLine, cookie: StoredCookie, { now }: CookieContext): readonly CookieNote[] {
  const given = (holds: boolean, note: CookieNote) => (holds ? [note] : []);
  const ignoredFor = (why: string) => line.ignored.some((each) => each.why === why);
  const asked = line.maxAge === null ? line.expires : now + line.maxAge * 1000;
  return [
    ...given(asked !== null && asked > now + longestAge, "CAPPED"),
    ...given(line.path === null, "DEFAULT_PATH"),
    ...given(line.maxAge !== null && line.expires !== null, "MAX_AGE_WINS"),
    ...given(cookie.hostOnly && line.domain !== "", "HOST_ONLY_DOMAIN"),
    ...given(line.sameSite === "default", "LAX_BY_DEFAULT"),
    ...given(line.nameless, "NO_NAME"),
    ...given(ignoredFor("too long"), "ATTRIBUTE_TOO_LONG"),
    ...given(ignoredFor("unknown"), "ATTRIBUTE_UNKNOWN"),
    ...given(ignoredFor("unreadable"), "ATTRIBUTE_UNREADABLE"),
  ];
}
