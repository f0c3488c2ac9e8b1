import { once } from "node:events";
import { createServer } from "node:http";
import type { Environment } from "./env.ts";

/**
 * In lab mode at localhost a second port of this machine is opened for the attacker, at any free number, unless
 * `OTHER_PORT_ORIGIN` names one: a page there has the victim's host and another origin. It serves the attacker's pages
 * alone, which the guard of all sockets answers by the `Host` header. It keeps no process alive.
 */
export async function openOtherPort(env: Environment): Promise<Environment> {
  const victim = new URL(env.VICTIM_ORIGIN);
  const isLocal = victim.hostname.endsWith(".localhost") && victim.protocol === "http:";
  if (!env.labMode || env.OTHER_PORT_ORIGIN !== null || !isLocal) return env;
  const server = createServer((_, response) => void response.writeHead(421).end()).listen(0, "127.0.0.1");
  await once(server, "listening");
  server.unref();
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The other port has no number");
  return { ...env, OTHER_PORT_ORIGIN: `http://${victim.hostname}:${address.port}` };
}
