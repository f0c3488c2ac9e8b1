import type { PrismaLibSql } from "@prisma/adapter-libsql";

export type LibSqlClient = ReturnType<PrismaLibSql["createClient"]>;
type LibSqlTransaction = Awaited<ReturnType<LibSqlClient["transaction"]>>;
type Statement = Parameters<LibSqlTransaction["execute"]>[0];

/**
 * After a power cut the last commits may be missing, but the database is consistent; this is SQLite's advice for WAL.
 * Per connection.
 */
export const relaxed = "PRAGMA synchronous = NORMAL";

/**
 * Prepares a libSQL client for a server: transactions stay on its own connection, and it survives a database that
 * another process had locked.
 */
export function steady(client: LibSqlClient): LibSqlClient {
  const executeOnce = client.execute.bind(client);

  async function execute(statement: Statement) {
    try {
      return await executeOnce(statement);
    } catch (error) {
      if (isBusy(error)) await leave(error);
      throw error;
    }
  }

  /**
   * libSQL does not reset a statement that met a lock. Until the statement is garbage-collected, SQLite counts it as an
   * active writer, so later statements on the connection succeed and are never committed. A connection that met a lock
   * is therefore not used again.
   */
  async function leave(reason: unknown): Promise<void> {
    try {
      await client.reconnect();
      await executeOnce(relaxed);
    } catch (error) {
      throw new AggregateError([reason, error], "The database was locked, and could not be opened again");
    }
  }

  return Object.assign(client, {
    execute,
    async transaction(): Promise<LibSqlTransaction> {
      // Always begins as a writer. A transaction that begins as a reader fails at once, without waiting, if another
      // process writes between its first read and its first write.
      await execute("BEGIN IMMEDIATE");
      return transactionOn(execute);
    },
  });
}

/** SQLITE_BUSY and its extended codes, which share the lowest byte. */
export function isBusy(error: unknown): boolean {
  return error instanceof Error && "rawCode" in error && (Number(error.rawCode) & 0xff) === 5;
}

/**
 * Runs a transaction on the open connection. libSQL would hand that connection over to the transaction, open another
 * one afterwards, and close the first when it is garbage-collected: each transaction would cost an open, and the PRAGMA
 * settings would be lost. The adapter lets no other statement in until a transaction is over.
 */
function transactionOn(execute: (statement: Statement) => ReturnType<LibSqlTransaction["execute"]>): LibSqlTransaction {
  let closed = false;
  async function finish(statement: "COMMIT" | "ROLLBACK"): Promise<void> {
    closed = true;
    await execute(statement);
  }
  return {
    execute,
    async commit() {
      try {
        await finish("COMMIT");
      } catch (error) {
        // An open transaction would take in the statements of the next caller. If it is over already, the error does
        // not matter.
        await finish("ROLLBACK").catch(() => {});
        throw error;
      }
    },
    rollback: () => finish("ROLLBACK"),
    get closed() {
      return closed;
    },
    close() {
      if (!closed) throw new Error("A transaction ends by commit or rollback");
    },
    batch: () => Promise.reject(new Error("A batch inside a transaction is not supported")),
    executeMultiple: () => Promise.reject(new Error("A script inside a transaction is not supported")),
  };
}
