import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type PlainSession = {
  readonly origin: string;
  readonly passTime: (seconds: number) => void;
  readonly close: () => Promise<void>;
};

/** How long a login lasts here. */
export const lifetimeSeconds = 600;

/**
 * A small application with a session cookie. `forgetful`: its logout deletes the cookie in the browser and keeps the
 * session on the server. In a browser both look the same.
 */
export async function servePlainSession({ forgetful }: { readonly forgetful: boolean }): Promise<PlainSession> {
  const sessions = new Map<string, number>();
  let ahead = 0;
  const now = () => Date.now() / 1000 + ahead;

  const routes: Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => void>> = {
    "GET /": (_, response) => {
      response.setHeader("content-type", "text/html");
      response.end('<!doctype html><form method="post" action="/login"><button>Log in</button></form>');
    },
    "POST /login": (_, response) => {
      const id = randomBytes(32).toString("base64url");
      sessions.set(id, now() + lifetimeSeconds);
      response.setHeader("set-cookie", `sid=${id}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${lifetimeSeconds}`);
      response.writeHead(303, { location: "/me" }).end();
    },
    "GET /me": (request, response) => {
      const ends = sessions.get(sessionIdOf(request)) ?? 0;
      if (ends <= now()) return void response.writeHead(303, { location: "/" }).end();
      response.setHeader("content-type", "text/html");
      response.end('<!doctype html><p>Welcome</p><form method="post" action="/logout"><button>Log out</button></form>');
    },
    "POST /logout": (request, response) => {
      if (!forgetful) sessions.delete(sessionIdOf(request));
      response.setHeader("set-cookie", "sid=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
      response.writeHead(303, { location: "/" }).end();
    },
  };
  const server = createServer((request, response) => {
    const route = routes[`${request.method} ${request.url}`];
    if (route) route(request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    passTime(seconds) {
      ahead += seconds;
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        // A browser keeps idle connections open, which would delay the end of the server.
        server.closeAllConnections();
      }),
  };
}

function sessionIdOf({ headers }: IncomingMessage): string {
  return /(?:^|; )sid=([^;]+)/.exec(headers.cookie ?? "")?.[1] ?? "";
}
