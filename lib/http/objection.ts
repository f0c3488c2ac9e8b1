import type { IncomingMessage } from "node:http";
import type { SocketRefusalCode } from "./socket-refusals.ts";

/** Why a request goes no further than the socket. `allow`: the methods that its address takes. */
export type Objection = { readonly code: SocketRefusalCode; readonly detail?: string; readonly allow?: string };

export type Reach = {
  /** Host and port by which people reach this server; `null`: it was not told, and goes by what a request says. */
  readonly ownHost: string | null;
  /** The methods that a path takes, as `Allow` names them; `null`: there is nothing at it. */
  readonly allowAt?: (path: string) => string | null;
};

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
/** A name or an address, and a port (RFC 9110 §7.2, RFC 3986 §3.2.2). */
const hostForm = /^(?:[\w.~!$&'()*+,;=%-]+|\[[\da-f:.]+\])(?::\d*)?$/i;

/**
 * What Next.js would answer with a fault, with a redirect to wherever the request says, or not at all. `null`: the request
 * may go on. One that names this host in its address (RFC 9112 §3.2.2) goes on with the path alone.
 */
export function objectionTo(
  request: IncomingMessage,
  { ownHost, allowAt = () => methods.join(", ") }: Reach,
): Objection | null {
  return (
    toHost(request) ??
    toAuthorization(request) ??
    toAddress(request, ownHost) ??
    toPath(request) ??
    toMethod(request, allowAt)
  );
}

/** RFC 9112 §3.2: one, and a valid one. Only HTTP/1.0 may leave it out, and Node.js sees to that. */
function toHost({ headersDistinct: { host = [] } }: IncomingMessage): Objection | null {
  const [given] = host;
  if (given === undefined || (host.length === 1 && isHost(given))) return null;
  return { code: "BAD_REQUEST", detail: "A request has one Host header, with a name or an address and a port." };
}

function isHost(text: string): boolean {
  return hostForm.test(text) && URL.canParse(`http://${text}`);
}

/**
 * `Authorization` is no list, so two lines of it mean nothing (RFC 9110 §5.3). Node.js keeps the first and drops the
 * other, so what comes behind never learns of it.
 */
function toAuthorization({ headersDistinct: { authorization = [] } }: IncomingMessage): Objection | null {
  return authorization.length > 1 ? { code: "BAD_REQUEST", detail: "There are two Authorization lines." } : null;
}

/** The host in the address counts, whatever the Host header says. */
function toAddress(request: IncomingMessage, ownHost: string | null): Objection | null {
  const { url = "" } = request;
  if (!/^[a-z][a-z\d+.-]*:\/\//i.test(url)) return null;
  const address = URL.canParse(url) ? new URL(url) : null;
  if (!address || !/^https?:$/.test(address.protocol) || address.username !== "" || address.password !== "") {
    return { code: "BAD_REQUEST", detail: "The address is neither a path nor one of http or https." };
  }
  if (ownHost !== null && address.host !== ownHost) return { code: "MISDIRECTED_REQUEST" };
  request.url = `${address.pathname}${address.search}`;
  request.headers.host = address.host;
  return null;
}

function toPath({ url = "" }: IncomingMessage): Objection | null {
  if (!url.startsWith("/")) return { code: "BAD_REQUEST", detail: "An address begins with a slash." };
  try {
    decodeURIComponent(pathOf(url));
    return null;
  } catch {
    return { code: "BAD_REQUEST", detail: "The address is not percent-encoded UTF-8." };
  }
}

/** Next.js hands a route no other method, and answers those itself. */
function toMethod(
  { method = "GET", url = "" }: IncomingMessage,
  allowAt: NonNullable<Reach["allowAt"]>,
): Objection | null {
  if (methods.includes(method)) return null;
  const allow = allowAt(pathOf(url));
  return allow === null ? { code: "NOT_FOUND" } : { code: "METHOD_NOT_ALLOWED", allow };
}

function pathOf(url: string): string {
  return url.split("?")[0] ?? "";
}
