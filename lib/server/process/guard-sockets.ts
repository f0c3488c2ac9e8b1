import { Server as HttpServer, type IncomingMessage, ServerResponse } from "node:http";
import { Server as HttpsServer } from "node:https";
import type { Duplex } from "node:stream";
import { peerAddressHeader } from "../../http/request/client.ts";
import { type Objection, objectionTo } from "./objection.ts";
import { refuseAtSocket, refuseRequest } from "./refuse-request.ts";

export type GuardOptions = {
  readonly trustProxy: boolean;
  /** The addresses that change the protocol of their connection (RFC 9110 §7.8). */
  readonly takesUpgrade?: (url: string) => boolean;
};

export type Guard = {
  /** The servers of this process that were seen to listen there. Others, such as the loopback server of experiments, have ports of their own. */
  serversAt(port: number): readonly HttpServer[];
  undo(): void;
};

const notTaken: Objection = { code: "METHOD_NOT_ALLOWED" };

/**
 * Checks each request before Next.js does. It answers TRACE, and addresses that are not percent-encoded text, for which
 * Next.js would answer 500; and upgrades and CONNECT, which Next.js never answers. It also sets the peer's address,
 * which Next.js would take from a client's header (ASVS 4.1.3); behind a trusted proxy that header is kept.
 */
export function guardSockets(options: GuardOptions): Guard {
  const prepared = new Map<HttpServer, Prepared>();
  const undo = [HttpServer.prototype, HttpsServer.prototype].map((prototype) => {
    const own = Object.getOwnPropertyDescriptor(prototype, "emit");
    const { emit } = prototype;
    prototype.emit = function guarded(this: HttpServer, event: string | symbol, ...parameters: unknown[]): boolean {
      // Before its first request is read: the first event of every connection comes before that.
      if (!prepared.has(this)) prepared.set(this, prepare(this, options));
      if (event === "close") prepared.delete(this);
      if (event === "request" && isAnswered(parameters, options)) return true;
      return Reflect.apply(emit, this, [event, ...parameters]);
    };
    return () => (own ? Object.defineProperty(prototype, "emit", own) : Reflect.deleteProperty(prototype, "emit"));
  });
  return {
    serversAt: (port) => [...prepared].filter(([, each]) => each.port === port).map(([server]) => server),
    undo() {
      for (const each of undo) each();
      for (const each of prepared.values()) each.undo();
    },
  };
}

type Prepared = { readonly port: number | null; undo(): void };

/**
 * An upgrade that no address takes is ignored, and the request answered as without it. Node.js hands every upgrade to
 * the one listener that Next.js has, and reads that connection no more, so it would be lost. CONNECT asks for a tunnel,
 * without a request that a framework hears of.
 */
function prepare(server: HttpServer, { takesUpgrade }: GuardOptions): Prepared {
  const usual: unknown = Reflect.get(server, "shouldUpgradeCallback");
  const decides = ({ url = "" }: IncomingMessage) =>
    takesUpgrade?.(url) === true && server.listenerCount("upgrade") > 0;
  const tunnel = (_request: IncomingMessage, socket: Duplex) => refuseAtSocket(socket, notTaken);
  Reflect.set(server, "shouldUpgradeCallback", decides);
  server.on("connect", tunnel);
  const address = server.address();
  return {
    port: typeof address === "object" ? (address?.port ?? null) : null,
    undo() {
      Reflect.set(server, "shouldUpgradeCallback", usual);
      server.off("connect", tunnel);
    },
  };
}

/** Also tells whose request it is, where it goes on. */
function isAnswered([request, response]: readonly unknown[], { trustProxy }: GuardOptions): boolean {
  if (!isRequest(request) || !(response instanceof ServerResponse)) return false;
  const objection = objectionTo(request);
  if (objection) refuseRequest(response, objection);
  else if (!trustProxy) request.headers[peerAddressHeader] = addressOf(request);
  return objection !== null;
}

function isRequest(value: unknown): value is IncomingMessage {
  return typeof value === "object" && value !== null && "method" in value && "socket" in value;
}

/** An IPv4 peer of a socket that listens for both is told in its IPv6 form; people know it by the other. */
function addressOf(request: IncomingMessage): string {
  return request.socket.remoteAddress?.replace(/^::ffff:(?=[\d.]+$)/, "") ?? "";
}
