import type { RefusalCode } from "../core/refusal.ts";
import { type SocketRefusalCode, socketRefusal } from "./socket-refusals.ts";

export type ProblemExtras = {
  /** Replaces the code's own sentence by one about this request. */
  readonly detail?: string | undefined;
  readonly headers?: HeadersInit | undefined;
};

export type Refusal = { readonly ok: false; readonly code: RefusalCode } & ProblemExtras;

/** A refusal as RFC 9457 problem details. */
export function problemDetails(code: SocketRefusalCode, detail?: string) {
  const { status, title, detail: usual } = socketRefusal(code);
  return { type: `urn:loginscope:refusal:${code}`, title, status, detail: detail ?? usual, code };
}

export const problemType = "application/problem+json";

/** The seconds after which to try again, for refusals that are soon over (RFC 9110 §10.2.3). */
const retryAfter: { readonly [Code in SocketRefusalCode]?: string } = { STORE_UNAVAILABLE: "1", OVERLOADED: "1" };

export function problem(code: SocketRefusalCode, { detail, headers }: ProblemExtras = {}): Response {
  const body = problemDetails(code, detail);
  const moment = retryAfter[code];
  return new Response(JSON.stringify(body), {
    status: body.status,
    headers: {
      ...(moment !== undefined && { "retry-after": moment }),
      ...Object.fromEntries(new Headers(headers)),
      "content-type": problemType,
    },
  });
}

/** For an unexpected error. It does not tell the cause, and may not be stored. */
export function broken(): Response {
  return Response.json(
    { type: "about:blank", title: "Something broke on the server", status: 500, detail: "It was not your request." },
    { status: 500, headers: { "content-type": problemType, "cache-control": "no-store" } },
  );
}

export function json(value: unknown, status = 200): Response {
  return Response.json(value, { status });
}

/** How a request can prove its sender: a bearer token, the cookie of that name, or either. */
export type Presented = { readonly bearer?: boolean; readonly cookie?: string };

/**
 * A refusal for lack of a good credential. Only a 401 names the scheme to authenticate with (RFC 9110 §11.6.1).
 * `detail`: what the code means with the variant that refused.
 */
export function unauthorized(code: RefusalCode, presented: Presented, detail?: string): Refusal {
  const { status } = socketRefusal(code);
  const headers = status === 401 ? { "www-authenticate": challenges(code, presented).join(", ") } : {};
  return { ok: false, code, headers, ...(detail !== undefined && { detail }) };
}

/** RFC 6750 §3 for a bearer token; the cookie by name. */
function challenges(code: RefusalCode, { bearer, cookie }: Presented): readonly string[] {
  const bare = code === "NO_CREDENTIAL" || code === "BAD_CREDENTIALS";
  const token = `Bearer realm="loginscope"${bare ? "" : `, error="invalid_token", error_description="${code}"`}`;
  const inCookie = `Cookie realm="loginscope", cookie-name="${cookie}"`;
  return [...(bearer ? [token] : []), ...(cookie ? [inCookie] : [])];
}
