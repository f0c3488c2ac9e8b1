import { once } from "node:events";
import type { Server } from "node:http";
import { createNodeServer } from "../../http/node-server.ts";
import type { Transport } from "../../lab/device.ts";

/**
 * Real HTTP to this very process, for experiments: a socket of its own on the loopback address, at any free port, in
 * front of the same dispatch that answers everybody. It listens from the first request on, and keeps no process alive.
 */
export function createLoopback(dispatch: Transport, origin: string): { transport: Transport; close(): void } {
  let server: Promise<Server> | null = null;

  async function listen(): Promise<Server> {
    const opened = createNodeServer(dispatch, origin).listen(0, "127.0.0.1");
    await once(opened, "listening");
    opened.unref();
    return opened;
  }

  return {
    async transport(request) {
      server ??= listen();
      const address = (await server).address();
      if (address === null || typeof address === "string") throw new Error("The loopback server has no port");
      const { method, headers } = request;
      const { pathname, search } = new URL(request.url);
      const body = method === "GET" ? {} : { body: await request.text() };
      return fetch(`http://127.0.0.1:${address.port}${pathname}${search}`, { method, headers, ...body });
    },
    close() {
      void server?.then((opened) => {
        opened.closeAllConnections();
        opened.close();
      });
    },
  };
}
