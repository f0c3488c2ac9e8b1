import { Agent, type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import { second } from "../core/time.ts";
import { quietHeader } from "../http/quiet-header.ts";

export type InsideRequest = {
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
};

/** Sends a request to another part of this application as if it were a separate service; `path` begins with `/api/`. */
export type InsideCall = (path: string, sent: InsideRequest) => Promise<Response>;

/** How long the service may be silent. */
const patience = 5 * second;

/**
 * Over HTTP, to the port that this very process listens on: never to an address that a request names. Connections stay
 * open. It is no `fetch`: that one asks for a compressed answer, and Next.js puts a cache of its own around it. Together
 * they cost more than the question.
 */
export function overLoopback(port: number): InsideCall {
  const agent = new Agent({ keepAlive: true });
  return (path, { method, headers, body }) =>
    new Promise((resolve, reject) => {
      const sent = request({ host: "127.0.0.1", port, path, method, headers, agent, timeout: patience });
      sent.on("response", (answer) => void responseOf(answer).then(resolve, reject));
      sent.on("timeout", () => sent.destroy(new Error(`${path} was silent for ${patience / second} s`)));
      sent.on("error", reject);
      sent.end(body);
    });
}

async function responseOf(answer: IncomingMessage): Promise<Response> {
  const body = await text(answer);
  const headers = Object.entries(answer.headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  );
  return new Response(body === "" ? null : body, { status: answer.statusCode ?? 0, headers });
}

/** The same calls for code that only reads a lab: pages that watch the lab are not told of them. */
export function quietly(call: InsideCall): InsideCall {
  return (path, sent) => call(path, { ...sent, headers: { ...sent.headers, [quietHeader]: "1" } });
}
