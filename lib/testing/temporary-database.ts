import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Database, type DatabaseOptions, openDatabase } from "../stores/prisma/database.ts";
import { migrate } from "../stores/prisma/migrate.ts";

/** An empty, migrated database in a folder of its own. Closing it deletes the folder. */
export async function openTemporaryDatabase(
  options: DatabaseOptions = {},
): Promise<Database & { readonly url: string }> {
  const folder = await mkdtemp(join(tmpdir(), "loginscope-"));
  const url = `file:${join(folder, "test.db")}`;
  await migrate(url);
  const { client, read, close } = await openDatabase(url, options);
  return {
    client,
    read,
    url,
    async close() {
      await close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
