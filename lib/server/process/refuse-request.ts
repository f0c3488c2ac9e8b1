import { type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { problemDetails, problemType } from "../../http/problem.ts";
import type { Objection } from "./objection.ts";

/** Answers a request that goes no further, and closes its connection: what else comes on it is not read. */
export function refuseRequest(response: ServerResponse, objection: Objection): void {
  const { status, headers, body } = answerTo(objection);
  response.writeHead(status, headers);
  response.end(body);
}

/** The same where Node.js has made no response, only left the bare connection. */
export function refuseAtSocket(socket: Duplex, objection: Objection): void {
  const { status, headers, body } = answerTo(objection);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  // The client may be gone.
  socket.on("error", () => socket.destroy());
  // Nothing reads it, so it would never hear that the client closed its end.
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join("")}\r\n${body}`, () => socket.destroy());
}

function answerTo({ code, detail }: Objection) {
  const details = problemDetails(code, detail);
  const body = JSON.stringify(details);
  const headers = {
    "content-type": problemType,
    "content-length": String(Buffer.byteLength(body)),
    "cache-control": "no-store",
    connection: "close",
    ...(code === "METHOD_NOT_ALLOWED" && { allow: "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS" }),
  };
  return { status: details.status, headers, body };
}
