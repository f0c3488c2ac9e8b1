import { setTimeout as sleep } from "node:timers/promises";
import { isDriverAdapterError, type SqlDriverAdapter } from "@prisma/driver-adapter-utils";
import { StoreUnavailable } from "../../core/store-unavailable.ts";

/** Milliseconds between two attempts: the first, which then doubles, and the longest. */
const pauses = { first: 5, longest: 200 } as const;

/**
 * The same adapter for a database that another process may have locked. A statement that meets the lock has changed
 * nothing, and neither has a transaction that could not begin: both are retried, for `patience` milliseconds in all.
 * SQLite itself would wait inside the event loop and block the whole process. Then it throws `StoreUnavailable`.
 *
 * One of the statements that met the lock is retried and the others wait for it: a hundred of them ask no more often than
 * one. Reads do not wait: WAL answers them meanwhile.
 */
export function patient(adapter: SqlDriverAdapter, patience: number): SqlDriverAdapter {
  /** Ends when the statement that is retried has succeeded or failed. */
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
      // Unless another statement met the lock at the same time and is already retried.
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
