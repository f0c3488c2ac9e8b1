import { Agent, type IncomingMessage, request } from "node:http";
import type { FuzzedRequest } from "./fuzzed-request.ts";

export type Sendable = Omit<FuzzedRequest, "aim">;

export type FuzzAnswer = {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  /** What had come when the answer ended, or when a stream was left. */
  readonly body: string;
};

type Server = {
  readonly agent: Agent;
  readonly port: number;
  /** The longest that a request may stay without a whole answer, in milliseconds. */
  readonly patience: number;
};

/** How long a stream is listened to. */
const streamMilliseconds = 300;

/**
 * Sends it as it is. Rejects if the connection breaks, or if no whole answer comes in time. A server may close a
 * connection that it kept, just when it is used again (RFC 9112 §9.6): then the request goes over a new one, once.
 */
export async function send(server: Server, sendable: Sendable): Promise<FuzzAnswer> {
  try {
    return await sendOnce(server, sendable);
  } catch (error) {
    if (!(error instanceof KeptConnectionClosed)) throw error;
    return sendOnce({ ...server, agent: new Agent() }, sendable);
  }
}

class KeptConnectionClosed extends Error {}

function sendOnce(
  { agent, port, patience }: Server,
  { method, address, headers, body }: Sendable,
): Promise<FuzzAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<FuzzAnswer>();
  const content = method === "HEAD" || body === null ? null : Buffer.from(body);
  const sent = request({
    ...{ agent, port, method, host: "127.0.0.1", path: address },
    headers: {
      host: `localhost:${port}`,
      ...headers,
      ...(content && { "content-length": content.length }),
    },
  });
  const late = setTimeout(
    () => sent.destroy(new Error(`No whole answer came within ${patience / 1000} seconds.`)),
    patience,
  );
  const done = promise.finally(() => clearTimeout(late));
  sent.on("error", (error) =>
    reject(sent.reusedSocket && Reflect.get(error, "code") === "ECONNRESET" ? new KeptConnectionClosed() : error),
  );
  sent.on("response", (answer) => {
    const chunks: Buffer[] = [];
    const { statusCode: status = 0, headers: told } = answer;
    const end = () => resolve({ status, headers: told, body: Buffer.concat(chunks).toString() });
    answer.on("data", (chunk: Buffer) => void chunks.push(chunk));
    answer.on("error", reject);
    answer.on("end", end);
    if (!/event-stream|ndjson/.test(told["content-type"] ?? "")) return;
    setTimeout(() => {
      end();
      sent.destroy();
    }, streamMilliseconds);
  });
  sent.end(content ?? undefined);
  return done;
}
