import type { CsrfRequest } from "./model.ts";
import { areEqual, csrfCookies, isTokenOf } from "./tokens.ts";

/** What the server knows, besides the request. */
export type ServerSide = {
  /** Its own origin. */
  readonly origin: string;
  /** The key that signs tokens. */
  readonly key: string;
  /** The token that the server keeps with a session; `null`: it has no such session. */
  tokenOf(session: string): string | null;
};

/** Why a defence refuses; `null`: it lets the request pass. */
export type Objection = string | null;

export type Defence = {
  readonly id: string;
  readonly title: string;
  /** The clause. */
  readonly source: string;
  readonly judge: (request: CsrfRequest, server: ServerSide) => Objection;
};

/**
 * A GET has no effect (RFC 9110 §9.2.1), so defences let it pass. An application that changes something by GET gets no
 * help from them.
 */
function isSafe({ method }: CsrfRequest): boolean {
  return method === "GET" || method === "HEAD";
}

/** The page that asks has this application's origin. `null`, and none at all, are no origin (RFC 6454 §7.3). */
function byOrigin(request: CsrfRequest, { origin }: ServerSide): Objection {
  return isSafe(request) || request.headers["origin"] === origin ? null : "CROSS_SITE_REQUEST";
}

/** The same by `Referer`, which also has a path. */
function byReferer(request: CsrfRequest, { origin }: ServerSide): Objection {
  return isSafe(request) || originOf(request.headers["referer"] ?? "") === origin ? null : "CROSS_SITE_REQUEST";
}

/** By what the browser says of the page that asks. Of the same site is not enough: a sibling is. */
function byFetchMetadata(request: CsrfRequest): Objection {
  return isSafe(request) || request.headers["sec-fetch-site"] === "same-origin" ? null : "CROSS_SITE_REQUEST";
}

/** A form cannot send this type, and a script of another origin only after a preflight. */
function byJsonOnly(request: CsrfRequest): Objection {
  const type = request.headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  return isSafe(request) || type === "application/json" ? null : "UNSUPPORTED_MEDIA_TYPE";
}

/** The token of the request is the one that the server keeps with its session. */
function bySynchroniser(request: CsrfRequest, { tokenOf }: ServerSide): Objection {
  const kept = tokenOf(cookieOf(request, csrfCookies.session) ?? "");
  return isSafe(request) || (kept !== null && areEqual(sentToken(request), kept)) ? null : "CSRF_TOKEN";
}

/** The token of the request is that of the cookie, and this server made it for this session. */
function bySignedDoubleSubmit(request: CsrfRequest, { key }: ServerSide): Objection {
  if (isSafe(request)) return null;
  const held = cookieOf(request, csrfCookies.hostToken) ?? "";
  const session = cookieOf(request, csrfCookies.session);
  if (session === undefined || !isTokenOf(session, held, key)) return "CSRF_TOKEN";
  return areEqual(sentToken(request), held) ? null : "CSRF_TOKEN";
}

/** The defences of a server, each by itself. */
export const defences: readonly Defence[] = [
  { id: "origin", title: "Origin check", source: "OWASP ASVS 3.5.1", judge: byOrigin },
  { id: "referer", title: "Referer check", source: "RFC 9110 §10.1.3", judge: byReferer },
  { id: "fetch-metadata", title: "Fetch Metadata", source: "W3C Fetch Metadata §2.3", judge: byFetchMetadata },
  { id: "json-only", title: "JSON bodies only", source: "OWASP ASVS 3.5.2", judge: byJsonOnly },
  { id: "synchroniser", title: "Synchroniser token", source: "OWASP ASVS 3.5.1", judge: bySynchroniser },
  { id: "signed-token", title: "Signed double submit", source: "OWASP ASVS 3.5.1", judge: bySignedDoubleSubmit },
];

export function cookieOf({ cookies }: CsrfRequest, name: string): string | undefined {
  return cookies.find(([each]) => each === name)?.[1];
}

/** The token that a page put into its request, in a header or in a field. No browser does that by itself. */
export function sentToken({ headers, body }: CsrfRequest): string {
  return headers["x-csrf-token"] ?? new URLSearchParams(body).get("csrf") ?? "";
}

function originOf(address: string): string | null {
  return URL.canParse(address) ? new URL(address).origin : null;
}
