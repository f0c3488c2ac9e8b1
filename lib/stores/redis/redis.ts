import { createClient } from "redis";
import { StoreUnavailable } from "../../core/store-unavailable.ts";
import { inTime } from "../in-time.ts";

/** One connection to a Redis server. */
export type Redis = {
  /** Runs a Lua script, atomically. Throws `StoreUnavailable` if there is no answer in time. */
  run(script: string, keys: readonly string[], values: readonly (string | number)[]): Promise<unknown>;
  isUp(): Promise<boolean>;
  close(): void;
};

/** Milliseconds: a request fails rather than waits longer. */
const patience = 2000;

/**
 * Connects, and keeps trying if there is no server. Meanwhile every command fails at once instead of being queued: a
 * revocation that is carried out a minute later is of no use.
 */
export async function openRedis(url: string): Promise<Redis> {
  const client = createClient({
    url,
    disableOfflineQueue: true,
    socket: { connectTimeout: patience, reconnectStrategy: (retries) => Math.min(50 * 2 ** retries, 1000) },
  });
  // Without a listener an error would end the process. Callers get the error from their commands, and `isUp` shows it.
  client.on("error", () => {});
  const settled = new Promise<void>((resolve) => {
    client.once("ready", resolve);
    client.once("error", resolve);
  });
  // Rejects only if it was closed before it had connected.
  client.connect().catch(() => {});
  await settled;

  return {
    async run(script, keys, values) {
      try {
        return await answered(client.eval(script, { keys: [...keys], arguments: values.map(String) }));
      } catch (cause) {
        throw new StoreUnavailable("redis", { cause });
      }
    },

    async isUp() {
      try {
        return (await answered(client.ping())) === "PONG";
      } catch {
        return false;
      }
    },

    close: () => client.destroy(),
  };
}

/** The client's own timeout ends when a command is sent, so a server that hangs needs this one. */
function answered<T>(answer: Promise<T>): Promise<T> {
  return inTime(answer, patience, () => new Error(`No answer within ${patience} ms`));
}
