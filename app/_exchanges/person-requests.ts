import type { Exchange } from "@/lib/lab/feed/exchange.ts";

/**
 * The key of an exchange. Numbers restart with the server's process, and in a lab without listeners for a while, so
 * the time is part of the key.
 */
export function exchangeKey({ id, at }: Exchange): string {
  return `${id} ${at}`;
}

/** The exchanges that came after `then`. `exchanges` in any order. */
export function exchangesSince(then: readonly Exchange[], exchanges: readonly Exchange[]): readonly Exchange[] {
  const before = new Set(then.map(exchangeKey));
  return exchanges.filter((exchange) => !before.has(exchangeKey(exchange)));
}

/** Actions that a page or the application requests by itself, without an action of the person. */
const byItself: ReadonlySet<string> = new Set(["sessions", "introspect"]);

/** The page itself reads the session data of a login. */
function isDataRead({ action, request }: Exchange): boolean {
  return action === "data" && request.method === "GET";
}

/** The exchanges that the person caused. */
export function personRequests(exchanges: readonly Exchange[]): readonly Exchange[] {
  return exchanges.filter((exchange) => !byItself.has(exchange.action) && !isDataRead(exchange));
}

/** The latest exchange that the person caused. `exchanges` newest first. */
export function newestPersonRequest(exchanges: readonly Exchange[]): Exchange | undefined {
  return personRequests(exchanges)[0];
}
