import type { Server } from "node:http";
import { second } from "../../core/time.ts";
import { stopServers } from "../../http/stop-servers.ts";
import { ServerStopping } from "../../http/stopping.ts";

/** Longer than any answer takes, and shorter than the ten seconds after which Docker, for one, kills a process. */
const grace = 4 * second;
/** Time for the rest of the process to close, after the last connection has ended. */
const afterwards = second;

/**
 * SIGTERM and SIGINT end this process within a few seconds, also with open connections, and with exit code 0.
 * Next.js waits for every connection, so an open stream of events kept it for ever, and its own exit code is that of a killed program.
 */
export function stopOnSignals(servers: () => readonly Server[], stopping: AbortController): void {
  const stop = () => {
    if (stopping.signal.aborted) return;
    // Sets the exit code also if Next.js calls `process.exit`.
    process.on("exit", () => {
      process.exitCode = 0;
    });
    stopping.abort(new ServerStopping());
    void stopServers(servers(), grace).then(() => setTimeout(() => process.exit(0), afterwards).unref());
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}
