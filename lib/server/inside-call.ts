import { second } from "../core/time.ts";
import { quietHeader } from "../http/quiet-header.ts";

/** Sends a request to another part of this application as if it were a separate service; `path` begins with `/api/`. */
export type InsideCall = (path: string, init: RequestInit) => Promise<Response>;

const patience = 5 * second;

/** Over HTTP, to the port that this very process listens on: never to an address that a request names. */
export function overLoopback(port: number): InsideCall {
  return (path, init) =>
    fetch(`http://127.0.0.1:${port}${path}`, {
      ...init,
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.timeout(patience),
    });
}

/** The same calls for code that only reads a lab: pages that watch the lab are not told of them. */
export function quietly(call: InsideCall): InsideCall {
  return (path, init) => {
    const headers = new Headers(init.headers);
    headers.set(quietHeader, "1");
    return call(path, { ...init, headers });
  };
}
