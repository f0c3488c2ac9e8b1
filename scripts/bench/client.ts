import { Agent, type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import type { OnTheWire } from "../../lib/features/bench/model.ts";
import { absorbCookies, cookieHeader, type HeldCookies } from "../../lib/lab/cookies/held-cookies.ts";

/** A client of a server, with what it was handed out. Each request has a connection of its own, whose bytes are counted. */
export type Client = {
  /** The headers that its next request has. */
  headers(): Readonly<Record<string, string>>;
  /** Throws if the answer is no success. */
  send(method: "GET" | "POST" | "PATCH", path: string, body?: object): Promise<OnTheWire>;
  /** The refresh token, where it travels in a body. */
  refreshBody(): object | undefined;
};

export function createClient(port: number): Client {
  const cookies: HeldCookies = new Map();
  const tokens: { access?: string; refresh?: string } = {};

  function headers(): Readonly<Record<string, string>> {
    const cookie = cookieHeader(cookies);
    return {
      host: `localhost:${port}`,
      "user-agent": "loginscope-bench/1",
      ...(cookie !== null && { cookie }),
      ...(tokens.access !== undefined && { authorization: `Bearer ${tokens.access}` }),
    };
  }

  return {
    headers,
    async send(method, path, body) {
      const sent = body && JSON.stringify(body);
      const own = { ...headers(), ...(sent !== undefined && { "content-type": "application/json" }) };
      const { status, lines, answer, wire } = await exchange({ port, method, path, headers: own }, sent);
      if (status < 200 || status > 299) throw new Error(`${method} ${path} answered ${status} ${answer}`);
      absorbCookies(cookies, { headers: new Headers(lines.map((line): [string, string] => ["set-cookie", line])) });
      const { access_token, refresh_token } = answer === "" ? {} : JSON.parse(answer);
      if (typeof access_token === "string") tokens.access = access_token;
      if (typeof refresh_token === "string") tokens.refresh = refresh_token;
      return wire;
    },
    refreshBody: () => (tokens.refresh === undefined ? undefined : { refresh_token: tokens.refresh }),
  };
}

type Asked = {
  readonly port: number;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
};

async function exchange(asked: Asked, body: string | undefined) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const sent = request({ host: "127.0.0.1", agent, ...asked });
    const answered = new Promise<IncomingMessage>((resolve, reject) =>
      sent.on("response", resolve).on("error", reject),
    );
    sent.end(body);
    const incoming = await answered;
    // The socket goes back to the agent with the end of the answer.
    const { socket } = incoming;
    const answer = await text(incoming);
    return {
      status: incoming.statusCode ?? 0,
      lines: incoming.headers["set-cookie"] ?? [],
      answer,
      wire: { sent: socket.bytesWritten, received: socket.bytesRead },
    };
  } finally {
    agent.destroy();
  }
}
