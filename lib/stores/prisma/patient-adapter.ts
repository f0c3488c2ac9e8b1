import { setTimeout as sleep } from "node:timers/promises";
import { isDriverAdapterError, type SqlDriverAdapter } from "@prisma/driver-adapter-utils";
import { StoreUnavailable } from "../../core/store-unavailable.ts";

/** Milliseconds between two attempts: the first, which then doubles, and the longest. */
const pauses = { first: 5, longest: 100 } as const;

/**
 * The same adapter for a database that another process may hold. A statement that met the lock has changed nothing, and neither has a
 * transaction that could not begin: they are asked again, for `patience` milliseconds in all. SQLite itself would wait without letting go of
 * the event loop, and the whole process would stand still. Throws `StoreUnavailable` when the time is over.
 */
export function patient(adapter: SqlDriverAdapter, patience: number): SqlDriverAdapter {
  async function insist<T>(attempt: () => Promise<T>): Promise<T> {
    const until = performance.now() + patience;
    for (let pause: number = pauses.first; ; pause = Math.min(2 * pause, pauses.longest)) {
      try {
        return await attempt();
      } catch (error) {
        if (!isLocked(error)) throw error;
        if (performance.now() + pause > until) throw new StoreUnavailable("sql", { cause: error });
      }
      await sleep(pause);
    }
  }

  const queryRaw = adapter.queryRaw.bind(adapter);
  const executeRaw = adapter.executeRaw.bind(adapter);
  const startTransaction = adapter.startTransaction.bind(adapter);
  return Object.assign(adapter, {
    queryRaw: (query: Parameters<typeof queryRaw>[0]) => insist(() => queryRaw(query)),
    executeRaw: (query: Parameters<typeof executeRaw>[0]) => insist(() => executeRaw(query)),
    startTransaction: (level: Parameters<typeof startTransaction>[0]) => insist(() => startTransaction(level)),
  });
}

/** What the adapter makes of SQLITE_BUSY. */
function isLocked(error: unknown): boolean {
  return error instanceof Error && isDriverAdapterError(error) && error.cause.kind === "SocketTimeout";
}
