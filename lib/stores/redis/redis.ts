import { createClient } from "redis";
import { StoreUnavailable } from "../../core/store-unavailable.ts";

/** One connection to a Redis server. */
export type Redis = {
  /** Runs a Lua script, which no other command comes in between. Throws `StoreUnavailable` if there is no answer in time. */
  run(script: string, keys: readonly string[], values: readonly (string | number)[]): Promise<unknown>;
  isUp(): Promise<boolean>;
  close(): void;
};

/** Milliseconds: a request rather fails than waits. */
const patience = 2000;

/**
 * Connects, and goes on trying if there is no server yet or no more. Meanwhile every command fails at once,
 * instead of being kept for later: a revocation that is carried out in a minute is none.
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
  // Rejects only when it was closed before it was there.
  client.connect().catch(() => {});
  await settled;

  return {
    async run(script, keys, values) {
      try {
        return await inTime(client.eval(script, { keys: [...keys], arguments: values.map(String) }));
      } catch (cause) {
        throw new StoreUnavailable("redis", { cause });
      }
    },

    async isUp() {
      try {
        return (await inTime(client.ping())) === "PONG";
      } catch {
        return false;
      }
    },

    close: () => client.destroy(),
  };
}

/** The client's own limit ends when a command is sent; a server that hangs would be waited for. */
async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer within ${patience} ms`)), patience);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
