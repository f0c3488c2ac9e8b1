import { type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { Objection } from "../../http/objection.ts";
import { problemDetails, problemType } from "../../http/problem.ts";
import { dataPolicy, securityHeaders } from "../../http/security-headers.ts";
import { headersTooLargePage } from "./headers-too-large-page.ts";

type RawAnswer = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string };

const onEveryAnswer = securityHeaders({ production: process.env.NODE_ENV === "production" });

/** Answers a request that goes no further, and closes its connection: what else comes on it is not read. */
export function refuseRequest(response: ServerResponse, objection: Objection): void {
  const { status, headers, body } = answerTo(objection);
  response.writeHead(status, headers);
  response.end(body);
}

/** The same on a bare connection, for which Node.js has made no response object. */
export function refuseAtSocket(socket: Duplex, objection: Objection): void {
  send(socket, answerTo(objection));
}

/**
 * Nothing was read but the beginning. `Accept` may stand in it: who wants no page gets problem details. So may HEAD, whose
 * answer has no body (RFC 9110 §9.3.2): a client takes one for an answer that it never asked for.
 */
export function refuseUnread(socket: Duplex, objection: Objection, begin: string): void {
  const accept = /\naccept:([^\r\n]*)/i.exec(begin)?.[1];
  const wantsPage = objection.code === "HEADERS_TOO_LARGE" && (accept === undefined || /text\/html/i.test(accept));
  const refused = answerTo(objection);
  const answer = wantsPage ? { ...refused, ...asAnswer("text/html; charset=utf-8", headersTooLargePage) } : refused;
  send(socket, begin.startsWith("HEAD ") ? { ...answer, body: "" } : answer);
}

function send(socket: Duplex, { status, headers, body }: RawAnswer): void {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  // The client may be gone.
  socket.on("error", () => socket.destroy());
  // This socket is not read, so the server would not notice that the client closed its end.
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join("")}\r\n${body}`, () => socket.destroy());
}

function answerTo({ code, detail, allow }: Objection): RawAnswer {
  const details = problemDetails(code, detail);
  const { headers, body } = asAnswer(problemType, JSON.stringify(details));
  return { status: details.status, headers: { ...headers, ...(allow !== undefined && { allow }) }, body };
}

function asAnswer(type: string, body: string): Omit<RawAnswer, "status"> {
  const headers = {
    ...onEveryAnswer,
    "content-security-policy": dataPolicy,
    "content-type": type,
    "content-length": String(Buffer.byteLength(body)),
    "cache-control": "no-store",
    connection: "close",
  };
  return { headers, body };
}
