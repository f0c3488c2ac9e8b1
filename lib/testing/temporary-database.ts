import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Database, openDatabase } from "../stores/prisma/database.ts";
import { migrate } from "../stores/prisma/migrate.ts";

/** The address of a database file that is not there yet, in a folder of its own; `remove` deletes the folder. */
export async function temporaryDatabaseUrl(): Promise<{ readonly url: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "loginscope-"));
  return {
    url: `file:${join(folder, "test.db")}`,
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** An empty, migrated database. Closing it deletes it. */
export async function openTemporaryDatabase(): Promise<Database> {
  const { url, remove } = await temporaryDatabaseUrl();
  await migrate(url);
  const { client, close } = await openDatabase(url);
  return {
    client,
    async close() {
      await close();
      await remove();
    },
  };
}
