import { setTimeout as sleep } from "node:timers/promises";
import { isDriverAdapterError, type SqlDriverAdapter } from "@prisma/driver-adapter-utils";
import { StoreUnavailable } from "../../core/store-unavailable.ts";

/** Milliseconds between two attempts: the first, which then doubles, and the longest. */
const pauses = { first: 5, longest: 200 } as const;

/**
 * The same adapter for a database that another process may hold. A statement that met the lock has changed nothing, and neither has a
 * transaction that could not begin: they are asked again, for `patience` milliseconds in all. SQLite itself would wait without letting go of
 * the event loop, and the whole process would stand still. Throws `StoreUnavailable` when the time is over.
 *
 * One of those that met the lock asks again, and the others wait for it: each attempt that meets a lock costs a connection (see
 * libsql-client.ts). What only reads does not wait, since WAL answers it meanwhile.
 */
export function patient(adapter: SqlDriverAdapter, patience: number): SqlDriverAdapter {
  /** Ends when the one that asks again is through, or has given up. */
  let asking: Promise<void> | null = null;

  async function askAgain<T>(attempt: () => Promise<T>, until: number): Promise<T> {
    for (let pause: number = pauses.first; ; pause = Math.min(2 * pause, pauses.longest)) {
      if (performance.now() + pause > until) throw new StoreUnavailable("sql");
      await sleep(pause);
      const done = await once(attempt);
      if (done) return done.value;
    }
  }

  async function insist<T>(attempt: () => Promise<T>): Promise<T> {
    const until = performance.now() + patience;
    for (;;) {
      while (asking !== null) {
        if (performance.now() >= until) throw new StoreUnavailable("sql");
        await settled(asking, until);
      }
      const done = await once(attempt);
      if (done) return done.value;
      // Unless another one met the lock at the same moment and asks again already.
      if (asking === null) {
        const mine = askAgain(attempt, until);
        asking = mine.then(nothing, nothing).then(() => {
          asking = null;
        });
        return mine;
      }
    }
  }

  async function read<T>(attempt: () => Promise<T>): Promise<T> {
    const done = await once(attempt);
    return done ? done.value : insist(attempt);
  }

  const queryRaw = adapter.queryRaw.bind(adapter);
  const executeRaw = adapter.executeRaw.bind(adapter);
  const startTransaction = adapter.startTransaction.bind(adapter);
  return Object.assign(adapter, {
    queryRaw: (query: Parameters<typeof queryRaw>[0]) => (onlyReads(query.sql) ? read : insist)(() => queryRaw(query)),
    executeRaw: (query: Parameters<typeof executeRaw>[0]) => insist(() => executeRaw(query)),
    startTransaction: (level: Parameters<typeof startTransaction>[0]) => insist(() => startTransaction(level)),
  });
}

/** `null`: it met a lock. */
async function once<T>(attempt: () => Promise<T>): Promise<{ readonly value: T } | null> {
  try {
    return { value: await attempt() };
  } catch (error) {
    if (isLocked(error)) return null;
    throw error;
  }
}

/** Waits for it, but no longer than that. */
async function settled(work: Promise<void>, until: number): Promise<void> {
  const early = new AbortController();
  const late = sleep(Math.max(0, until - performance.now()), undefined, { signal: early.signal }).catch(nothing);
  await Promise.race([work, late]);
  early.abort();
}

/** What the adapter makes of SQLITE_BUSY. */
function isLocked(error: unknown): boolean {
  return error instanceof Error && isDriverAdapterError(error) && error.cause.kind === "SocketTimeout";
}

function onlyReads(sql: string): boolean {
  return /^\s*(?:SELECT|PRAGMA)\b/i.test(sql);
}

function nothing(): void {}
