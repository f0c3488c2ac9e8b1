import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { PrismaLibSql } from "@prisma/adapter-libsql";
import { readMigrations, standardFolder } from "./migrations-folder.ts";
import { createSchemaEngine } from "./schema-engine.ts";
import { isBusy, openSqlite, type SqliteClient } from "./sqlite-client.ts";

/** The number of attempts and the milliseconds between them, while another process migrates: half a minute in all. */
const patience = { attempts: 600, pause: 50 } as const;

/**
 * Brings a SQLite database up to date, making its folder and file if they are not there. Leaves the same
 * `_prisma_migrations` behind as `prisma migrate deploy`, and answers the names of what it applied.
 *
 * All of it is one transaction: two processes at once take turns, and after a failure or a kill the
 * database is as it was before. Throws what the database or the schema engine has against it.
 */
export async function migrate(url: string, folder: string = standardFolder()): Promise<readonly string[]> {
  await mkdir(dirname(databaseFile(url)), { recursive: true });
  const migrationsList = await readMigrations(folder);

  const { factory, transaction, close } = await connectAlone(url);
  try {
    const engine = await createSchemaEngine(factory);
    const filters = { externalTables: [], externalEnums: [] };
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters });
    await transaction.commit();
    return appliedMigrationNames;
  } catch (error) {
    // The transaction may have ended already; the original error is the one to report.
    await transaction.rollback().catch(() => {});
    throw error;
  } finally {
    close();
  }
}

/** A connection that is the only writer. All that the engine does on it stays in one open transaction. */
async function connectAlone(url: string) {
  for (let attempt = 1; ; attempt += 1) {
    const factory = new PrismaLibSql({ url });
    const client = openSqlite(databaseFile(url));
    try {
      const transaction = await begin(client);
      const inside = Object.assign(client, {
        execute: transaction.execute.bind(transaction),
        executeMultiple: transaction.executeMultiple.bind(transaction),
      });
      factory.createClient = () => inside;
      return { factory, transaction, close: () => client.close() };
    } catch (error) {
      client.close();
      if (!isBusy(error) || attempt === patience.attempts) throw error;
      await sleep(patience.pause);
    }
  }
}

async function begin(client: SqliteClient) {
  await client.execute("PRAGMA journal_mode = WAL");
  // SQLite changes a table by creating it anew. Dropping the old one must not cascade to its children.
  await client.execute("PRAGMA foreign_keys = OFF");
  return client.transaction("write");
}

/** The file of a database's address. The path may be relative, and is percent-encoded. */
export function databaseFile(url: string): string {
  // Cost: its text is a setting of this process.
  const path = /^file:(?:\/\/[^/?#]*)?(?<path>[^?#]+)/.exec(url)?.groups?.["path"];
  // The address itself is left out: one of a remote database may have a token in it.
  if (!path || path === ":memory:") throw new Error("The database must be a file, such as file:./data/loginscope.db");
  return decodeURIComponent(path);
}
