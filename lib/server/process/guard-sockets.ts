import { Server as HttpServer, type IncomingMessage, ServerResponse } from "node:http";
import { Server as HttpsServer } from "node:https";
import { Duplex } from "node:stream";
import { type Objection, objectionTo, type Reach } from "../../http/objection.ts";
import { peerAddressHeader } from "../../http/request/client.ts";
import { setAnswerHeaders } from "./answer-headers.ts";
import { objectionToForm } from "./framework-forms.ts";
import { createPeerAddress, type PeerOptions } from "./peer-address.ts";
import { refuseAtSocket, refuseRequest, refuseUnread } from "./refuse-request.ts";

export type GuardOptions = Partial<Reach> &
  PeerOptions & {
    /** `next dev` has addresses of its own. */
    readonly development?: boolean;
    /** Answers a request to a host that is not the application's. `peer`: who sent it. `false`: the host is the application's. */
    readonly answersHost?: (request: IncomingMessage, response: ServerResponse, peer: string) => boolean;
    /** The addresses that change the protocol of their connection (RFC 9110 §7.8). */
    readonly takesUpgrade?: (url: string) => boolean;
  };

export type Guard = {
  /** The servers of this process that were seen to listen there. Others, such as the loopback server of experiments, have ports of their own. */
  serversAt(port: number): readonly HttpServer[];
  undo(): void;
};

/** A tunnel, at any address. */
const notTaken: Objection = { code: "METHOD_NOT_ALLOWED", allow: "GET, HEAD" };

/**
 * Checks each request before Next.js does. It answers methods, addresses and hosts for which Next.js would answer with
 * a fault, with nothing, or with a redirect to a host that the request names; and upgrades and CONNECT, which Next.js
 * never answers. What every answer has is set here, before Next.js adds its own. It also sets the peer's address, which Next.js would take from a client's header (ASVS 4.1.3); behind a
 * trusted proxy the last address in that header is kept.
 */
export function guardSockets(options: GuardOptions): Guard {
  // Bounded: by the servers of this process.
  const prepared = new Map<HttpServer, Prepared>();
  const peerOf = createPeerAddress(options);
  const undo = [HttpServer.prototype, HttpsServer.prototype].map((prototype) => {
    const own = Object.getOwnPropertyDescriptor(prototype, "emit");
    const { emit } = prototype;
    prototype.emit = function guarded(this: HttpServer, event: string | symbol, ...parameters: unknown[]): boolean {
      // Before its first request is read: the first event of every connection comes before that.
      if (!prepared.has(this)) prepared.set(this, prepare(this, options));
      if (event === "close") prepared.delete(this);
      if (event === "request" && isAnswered(parameters, options, peerOf)) return true;
      if (event === "clientError" && isUnread(parameters)) return true;
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

/** Answers a refused request. Sets the peer's address on a request that goes on. */
function isAnswered(
  [request, response]: readonly unknown[],
  options: GuardOptions,
  peerOf: (request: IncomingMessage) => string,
): boolean {
  if (!isRequest(request) || !(response instanceof ServerResponse)) return false;
  const { socket } = request;
  answering.set(socket, response);
  // An open connection that asks for nothing more would keep its last answer, with the body.
  response.once("close", () => {
    if (answering.get(socket) === response) answering.delete(socket);
  });
  const unclear = objectionTo(request, { ownHost: null, ...options });
  if (unclear === null && options.answersHost?.(request, response, peerOf(request))) return true;
  setAnswerHeaders(request, response);
  const objection = unclear ?? objectionToForm(request, options);
  if (objection) refuseRequest(response, objection);
  else request.headers[peerAddressHeader] = peerOf(request);
  return objection !== null;
}

/** The answer under way on each connection. */
const answering = new WeakMap<Duplex, ServerResponse>();

/**
 * Answers what the parser cannot read: its headers are too large, or it is no request. Node.js would send no body, and
 * answers other faults, such as a request that never ends, by itself. Nothing is sent into an answer that has begun.
 */
function isUnread([error, socket]: readonly unknown[]): boolean {
  if (!(error instanceof Error) || !(socket instanceof Duplex) || !socket.writable) return false;
  const answer = answering.get(socket);
  const code = String(Reflect.get(error, "code"));
  if (!unreadable.test(code) || (answer?.headersSent && !answer.writableFinished)) return false;
  const begin = Reflect.get(error, "rawPacket");
  const refused = code === "HPE_HEADER_OVERFLOW" ? "HEADERS_TOO_LARGE" : "BAD_REQUEST";
  refuseUnread(socket, { code: refused }, Buffer.isBuffer(begin) ? begin.toString("latin1") : "");
  return true;
}

/** Faults of the parser, but for one that has a status of its own. */
const unreadable = /^HPE_(?!CHUNK_EXTENSIONS_OVERFLOW)/;

function isRequest(value: unknown): value is IncomingMessage {
  return typeof value === "object" && value !== null && "method" in value && "socket" in value;
}
