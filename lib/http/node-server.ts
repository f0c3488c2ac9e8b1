import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { type Objection, objectionTo } from "./objection.ts";
import { problem } from "./problem.ts";
import { peerAddressHeader } from "./request/client.ts";

/** A Node.js server for a function that answers a `Request` with a `Response`. */
export function createNodeServer(answer: (request: Request) => Promise<Response>, origin: string): Server {
  return createServer((incoming, outgoing) => {
    void reply(answer, origin, incoming, outgoing).catch(() => outgoing.destroy());
  });
}

async function reply(
  answer: (request: Request) => Promise<Response>,
  origin: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  // Addresses that are not of this server, and forbidden methods, are refused here, before the edge.
  const objection = objectionTo(incoming, { ownHost: new URL(origin).host });
  if (objection) await send(refusing(objection), outgoing);
  else await answerBy(answer, origin, incoming, outgoing);
}

/** Answers a request of Node.js by a function of `Request` and `Response`. `peer`: who sent it, behind a proxy as well. */
export async function answerBy(
  answer: (request: Request) => Promise<Response>,
  origin: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  peer = incoming.socket.remoteAddress ?? "",
): Promise<void> {
  await send(await answer(requestOf(incoming, origin, peer)), outgoing);
}

async function send(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, headersOf(response));
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}

function refusing({ code, detail, allow }: Objection): Response {
  return problem(code, { detail, headers: { connection: "close", ...(allow !== undefined && { allow }) } });
}

function requestOf(incoming: IncomingMessage, origin: string, peer: string): Request {
  const { method = "GET", url = "/" } = incoming;
  const headers = new Headers();
  for (const [name, values] of Object.entries(incoming.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  // In place of a value that the client sent.
  headers.set(peerAddressHeader, peer);
  const bodiless = method === "GET" || method === "HEAD";
  // One stream under two names: Node.js and the DOM each describe it in types of their own.
  const body = bodiless ? {} : { body: Readable.toWeb(incoming) as unknown as BodyInit, duplex: "half" as const };
  // Put together, not resolved: two slashes at its begin would be another host.
  return new Request(`${origin}${url}`, { method, headers, ...body });
}

/** A header a value, but for Set-Cookie: its lines are never joined (RFC 9110 §5.3). */
function headersOf(response: Response): Record<string, string | string[]> {
  const { headers } = response;
  const cookies = headers.getSetCookie();
  return { ...Object.fromEntries(headers), ...(cookies.length > 0 && { "set-cookie": cookies }) };
}
