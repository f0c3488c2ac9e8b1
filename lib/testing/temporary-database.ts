import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Database, type DatabaseOptions, openDatabase } from "../stores/prisma/database.ts";
import { writeMigrated } from "./migrated-database.ts";

/** An empty, migrated database in a folder of its own. Closing it deletes the folder. */
export async function openTemporaryDatabase(
  options: DatabaseOptions = {},
): Promise<Database & { readonly url: string }> {
  const folder = await mkdtemp(join(tmpdir(), "loginscope-"));
  const file = join(folder, "test.db");
  await writeMigrated(file);
  const url = `file:${file}`;
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
