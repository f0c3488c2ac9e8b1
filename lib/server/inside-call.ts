import { second } from "../core/time.ts";

/** Sends a request to another part of this application as if that stood elsewhere; `path` begins with `/api/`. */
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
