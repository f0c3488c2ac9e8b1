import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { LRUCache } from "lru-cache";
import type { Prisma, PrismaClient } from "./generated/client.ts";
import { isBusy, named, namesItsColumns, statements } from "./sqlite-client.ts";

/**
 * Rows by SQL, for what most requests read: Prisma's own methods cost two to three times as much for one row. The
 * columns have the types that Prisma gives them.
 */
export type Read = <Row>(sql: Prisma.Sql) => Promise<readonly Row[]>;

/** What reads and writes rows. Without `read`, rows by SQL are read through Prisma. */
export type SqlAccess = { readonly client: PrismaClient; readonly read?: Read | undefined };

export function readerOf({ client, read }: SqlAccess): Read {
  return read ?? throughPrisma(client);
}

export function throughPrisma(client: PrismaClient): Read {
  return <Row>(sql: Prisma.Sql) => client.$queryRaw<Row[]>(sql);
}

type Column = { readonly name: string; readonly from: (value: unknown) => unknown };
type Prepared = { readonly statement: StatementSync; columns(): readonly Column[] };

/** The reads of this application are fewer. */
const mostPrepared = 200;

/**
 * The same SQL on the same database, as prepared statements of Node.js's own driver: a tenth of what they cost through
 * Prisma. They run on a connection that only reads, so they never see what a transaction of this process has not
 * committed. A read that meets a lock goes through Prisma, where it waits.
 */
export function openPreparedReads(file: string, otherwise: Read): { readonly read: Read; close(): void } {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 0, returnArrays: true });
  const prepared = new LRUCache<string, Prepared>({ max: mostPrepared });

  function prepare(sql: string): Prepared {
    const known = prepared.get(sql);
    if (known) return known;
    const statement = database.prepare(sql);
    // Every integer exactly. Its column says what it stands for.
    statement.setReadBigInts(true);
    const first = columnsOf(statement);
    const fresh = { statement, columns: namesItsColumns(sql) ? () => first : () => columnsOf(statement) };
    prepared.set(sql, fresh);
    return fresh;
  }

  function rowsOf<Row>({ sql, values }: Prisma.Sql): readonly Row[] {
    statements.publish(sql);
    const { statement, columns } = prepare(sql);
    const rows = statement.all(...values.map(bound));
    if (rows.length === 0) return [];
    // After the run, which may have compiled the statement anew.
    const current = columns();
    return rows.map((row: unknown) => rowOf<Row>(current, row));
  }

  return {
    async read<Row>(sql: Prisma.Sql) {
      try {
        return rowsOf<Row>(sql);
      } catch (error) {
        if (isBusy(named(error))) return otherwise<Row>(sql);
        throw error;
      }
    },
    close() {
      if (database.isOpen) database.close();
    },
  };
}

function columnsOf(statement: StatementSync): readonly Column[] {
  return statement.columns().map(({ name, type }) => ({ name, from: conversionOf(type) }));
}

/** What a row has is the caller's word, as in Prisma's `$queryRaw`. */
function rowOf<Row>(columns: readonly Column[], row: unknown): Row {
  const values = Object(row);
  return Object(Object.fromEntries(columns.map(({ name, from }, index) => [name, from(values[index])])));
}

function bound(value: unknown): SQLInputValue {
  if (typeof value === "string" || typeof value === "bigint" || typeof value === "number") return value;
  throw new TypeError(`A read compares with texts and numbers, not with ${typeof value}`);
}

/** SQLite keeps dates as text, booleans and integers as integers. What is computed has no declared type. */
function conversionOf(declared: string | null): Column["from"] {
  if (declared === "BIGINT") return (value) => value;
  if (declared === "BOOLEAN") return (value) => (typeof value === "bigint" ? value !== 0n : value);
  return (value) => (typeof value === "bigint" ? Number(value) : value);
}
