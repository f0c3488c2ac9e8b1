import { Server as HttpServer, type IncomingMessage, ServerResponse } from "node:http";
import { Server as HttpsServer } from "node:https";
import type { RefusalCode } from "../../core/refusal.ts";
import { problemDetails, problemType } from "../../http/problem.ts";
import { peerAddressHeader } from "../../http/request/client.ts";

/**
 * Checks each request before Next.js does. It answers TRACE, and addresses that are not percent-encoded text, for which
 * Next.js would answer 500. It also sets the peer's address, which Next.js would take from a client's header
 * (ASVS 4.1.3); behind a trusted proxy that header is kept. Returns a function that removes the guard.
 */
export function guardSockets({ trustProxy }: { trustProxy: boolean }): () => void {
  const prototypes = [HttpServer.prototype, HttpsServer.prototype];
  const undo = prototypes.map((prototype) => {
    const own = Object.getOwnPropertyDescriptor(prototype, "emit");
    const { emit } = prototype;
    prototype.emit = function guarded(this: HttpServer, event: string | symbol, ...parameters: unknown[]): boolean {
      const [request, response] = parameters;
      if (event === "request" && isRequest(request) && response instanceof ServerResponse) {
        const objection = objectionTo(request);
        if (objection) return refuse(response, objection);
        if (!trustProxy) request.headers[peerAddressHeader] = addressOf(request);
      }
      return Reflect.apply(emit, this, [event, ...parameters]);
    };
    return () => (own ? Object.defineProperty(prototype, "emit", own) : Reflect.deleteProperty(prototype, "emit"));
  });
  return () => {
    for (const each of undo) each();
  };
}

function isRequest(value: unknown): value is IncomingMessage {
  return typeof value === "object" && value !== null && "method" in value && "socket" in value;
}

function objectionTo(request: IncomingMessage): RefusalCode | null {
  if (request.method === "TRACE") return "METHOD_NOT_ALLOWED";
  try {
    decodeURIComponent(request.url?.split("?")[0] ?? "");
    return null;
  } catch {
    return "BAD_REQUEST";
  }
}

/** An IPv4 peer of a socket that listens for both is told in its IPv6 form; people know it by the other. */
function addressOf(request: IncomingMessage): string {
  return request.socket.remoteAddress?.replace(/^::ffff:(?=[\d.]+$)/, "") ?? "";
}

function refuse(response: ServerResponse, code: RefusalCode): true {
  const detail = code === "BAD_REQUEST" ? "The address is not percent-encoded UTF-8." : undefined;
  const details = problemDetails(code, detail);
  const body = JSON.stringify(details);
  if (code === "METHOD_NOT_ALLOWED") response.setHeader("allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
  response.writeHead(details.status, {
    "content-type": problemType,
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
  });
  response.end(body);
  return true;
}
