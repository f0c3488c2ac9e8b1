import { channel } from "node:diagnostics_channel";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import type { PrismaLibSql } from "@prisma/adapter-libsql";
import { LRUCache } from "lru-cache";

/** What Prisma's adapter calls a client: one connection to a database. */
export type SqliteClient = ReturnType<PrismaLibSql["createClient"]>;
type Transaction = Awaited<ReturnType<SqliteClient["transaction"]>>;
type Statement = Parameters<Transaction["execute"]>[0];
type Outcome = Awaited<ReturnType<Transaction["execute"]>>;

/**
 * After a power cut the last commits may be missing, but the database is consistent; this is SQLite's advice for WAL.
 * Per connection.
 */
export const relaxed = "PRAGMA synchronous = NORMAL";

/** Where each statement is told of that goes to the database. It costs nothing while nobody subscribes. */
export const statementChannel = "loginscope:sql:statement";
export const statements = channel(statementChannel);

/**
 * Whether a statement has the same columns at each run. With `*` it has those that its tables have then: when another
 * process has changed a table, SQLite compiles the statement anew as it runs it.
 */
export function namesItsColumns(sql: string): boolean {
  return !/(?<!\bcount\()\*/i.test(sql);
}

/** Prisma writes a few hundred different statements: one a query and number of values in its lists. */
const mostPrepared = 500;

type Columns = {
  readonly names: readonly string[];
  /** As declared in the schema; empty for a column that is computed. */
  readonly types: readonly string[];
};

/** A statement that SQLite has compiled. */
type Prepared = { readonly statement: StatementSync; readonly isQuery: boolean; columns(): Columns };

/**
 * A connection by Node.js's own SQLite, in the shape that Prisma's adapter for libSQL asks for. Each statement is
 * compiled once: compiling it costs several times what running it does. A transaction stays on the connection, and
 * begins as a writer. There is no busy timeout: SQLite would wait without letting go of the event loop.
 */
export function openSqlite(file: string): SqliteClient {
  const database = new DatabaseSync(file, { timeout: 0, returnArrays: true });
  const prepared = new LRUCache<string, Prepared>({ max: mostPrepared });

  function prepare(sql: string): Prepared {
    const known = prepared.get(sql);
    if (known) return known;
    const statement = database.prepare(sql);
    // Every integer exactly: one that a number cannot hold is passed on as it is.
    statement.setReadBigInts(true);
    const first = columnsOf(statement);
    const columns = namesItsColumns(sql) ? () => first : () => columnsOf(statement);
    const fresh = { statement, isQuery: first.names.length > 0, columns };
    prepared.set(sql, fresh);
    return fresh;
  }

  async function execute(statement: Statement): Promise<Outcome> {
    const { sql, args = [] } = typeof statement === "string" ? { sql: statement } : statement;
    statements.publish(sql);
    try {
      return run(prepare(sql), valuesOf(args));
    } catch (error) {
      throw named(error);
    }
  }

  async function executeMultiple(script: string): Promise<void> {
    try {
      database.exec(script);
    } catch (error) {
      throw named(error);
    }
  }

  return {
    protocol: "file",
    get closed() {
      return !database.isOpen;
    },
    close() {
      if (database.isOpen) database.close();
    },
    execute: (statement: Statement) => execute(statement),
    executeMultiple,
    async transaction() {
      // Always begins as a writer. A transaction that begins as a reader fails at once, without waiting, if another
      // process writes between its first read and its first write.
      await execute("BEGIN IMMEDIATE");
      return transactionOn({ execute, executeMultiple });
    },
    batch: notOffered,
    migrate: notOffered,
    sync: notOffered,
    reconnect: notOffered,
  };
}

function columnsOf(statement: StatementSync): Columns {
  const columns = statement.columns();
  return { names: columns.map(({ name }) => name), types: columns.map(({ type }) => type ?? "") };
}

function run({ statement, isQuery, columns }: Prepared, values: readonly SQLInputValue[]): Outcome {
  const changed = isQuery ? null : statement.run(...values);
  const rows = changed ? [] : statement.all(...values).map(rowOf);
  // After the run, which may have compiled the statement anew.
  const { names, types } = columns();
  return {
    columns: [...names],
    columnTypes: [...types],
    rows,
    rowsAffected: Number(changed?.changes ?? 0),
    lastInsertRowid: changed ? BigInt(changed.lastInsertRowid) : undefined,
    toJSON: () => rows,
  };
}

/** A row is an array of its values, as the connection was asked for. Its type in Node.js knows objects only. */
function rowOf(row: unknown): Outcome["rows"][number] {
  return Object(row).map((value: unknown) => (isNumber(value) ? Number(value) : value));
}

function isNumber(value: unknown): boolean {
  return typeof value === "bigint" && value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER;
}

/** SQLite has no boolean. */
function valuesOf(args: NonNullable<Exclude<Statement, string>["args"]>): readonly SQLInputValue[] {
  if (!Array.isArray(args)) throw new TypeError("Values are given in their order, not by name");
  return args.map((value) => {
    if (typeof value === "boolean") return value ? 1 : 0;
    return value instanceof Date || value instanceof ArrayBuffer ? notOffered() : value;
  });
}

/** Where Prisma's adapter looks for SQLite's extended result code. */
export function named(error: unknown): unknown {
  return error instanceof Error && "errcode" in error ? Object.assign(error, { rawCode: error.errcode }) : error;
}

/** SQLITE_BUSY and its extended codes, which share the lowest byte. */
export function isBusy(error: unknown): boolean {
  return error instanceof Error && "rawCode" in error && (Number(error.rawCode) & 0xff) === 5;
}

/** The adapter lets no other statement in until a transaction is over. */
function transactionOn(on: Pick<Transaction, "execute" | "executeMultiple">): Transaction {
  let closed = false;
  async function finish(statement: "COMMIT" | "ROLLBACK"): Promise<void> {
    closed = true;
    await on.execute(statement);
  }
  return {
    ...on,
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
    batch: notOffered,
  };
}

/** The rest of the client's shape, which Prisma's adapter does not call. */
function notOffered(): never {
  throw new Error("This connection runs one statement at a time, or a script");
}
