import { once } from "node:events";
import type { Server } from "node:http";
import type { Duration } from "../core/time.ts";

/** How often connections are looked at that became idle since: closing a server closes only those that are idle by then. */
const lookEvery = 50;

/**
 * Closes servers: they take no new connection, and what is under way is answered. After `grace` the rest is cut. Answers
 * when no connection is left. A server that somebody else has begun to close is waited for as well.
 */
export async function stopServers(servers: readonly Server[], grace: Duration): Promise<void> {
  const closed = Promise.all(servers.map((server) => once(server, "close")));
  for (const server of servers) if (server.listening) server.close();
  const looking = setInterval(() => {
    for (const server of servers) server.closeIdleConnections();
  }, lookEvery);
  const cut = setTimeout(() => {
    for (const server of servers) server.closeAllConnections();
  }, grace);
  await closed;
  clearInterval(looking);
  clearTimeout(cut);
}
