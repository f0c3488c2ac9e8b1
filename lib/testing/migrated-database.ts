import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate } from "../stores/prisma/migrate.ts";

let migrated: Promise<Buffer> | undefined;

/**
 * Writes an empty, migrated database into this file. Each process migrates one, and the others are its copies: a migration
 * is dozens of statements and waits for the disk.
 */
export async function writeMigrated(file: string): Promise<void> {
  migrated ??= migrateOnce();
  await writeFile(file, await migrated);
}

async function migrateOnce(): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), "loginscope-"));
  const file = join(folder, "migrated.db");
  await migrate(`file:${file}`);
  // The connection is closed, so all of it is in this one file.
  const bytes = await readFile(file);
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  return bytes;
}
