import type { Server } from "node:http";
import { second } from "../../core/time.ts";
import { stopServers } from "../../http/stop-servers.ts";
import { ServerStopping } from "../../http/stopping.ts";

/** Longer than any answer takes, and shorter than the ten seconds after which Docker, for one, kills a process. */
const grace = 4 * second;
/** For whatever else wants to close itself, once there is no connection any more. */
const afterwards = second;

/**
 * SIGTERM and SIGINT end this process within a few seconds, whoever is connected, and with the exit code of a program that did what it was asked.
 * Next.js waits for every connection, so an open stream of events kept it for ever, and its own exit code is that of a killed program.
 */
export function stopOnSignals(servers: () => readonly Server[], stopping: AbortController): void {
  const stop = () => {
    if (stopping.signal.aborted) return;
    // `process.exit` of somebody else asks for this last.
    process.on("exit", () => {
      process.exitCode = 0;
    });
    stopping.abort(new ServerStopping());
    void stopServers(servers(), grace).then(() => setTimeout(() => process.exit(0), afterwards).unref());
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}
