import { type IncomingMessage, Server, ServerResponse } from "node:http";
import { peerAddressHeader } from "../http/client.ts";

/**
 * Looks at each request before Next.js does, for the two things that it leaves open:
 * TRACE, which no address here takes and which it answers with a 500; and the peer's address, which it
 * would let any client name itself (ASVS 4.1.3). Behind a proxy of one's own the header is trusted.
 */
export function guardSockets({ trustProxy }: { trustProxy: boolean }): void {
  const emit = Server.prototype.emit;
  Server.prototype.emit = function guarded(this: Server, event: string | symbol, ...parameters: unknown[]): boolean {
    const [request, response] = parameters;
    if (event === "request" && isRequest(request) && response instanceof ServerResponse) {
      if (request.method === "TRACE") return refuseTrace(response);
      if (!trustProxy) request.headers[peerAddressHeader] = request.socket.remoteAddress ?? "";
    }
    return Reflect.apply(emit, this, [event, ...parameters]);
  };
}

function isRequest(value: unknown): value is IncomingMessage {
  return typeof value === "object" && value !== null && "method" in value && "socket" in value;
}

function refuseTrace(response: ServerResponse): true {
  response.writeHead(405, { allow: "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS", "content-length": 0 });
  response.end();
  return true;
}
