import { PrismaLibSql } from "@prisma/adapter-libsql";
import { PrismaClient } from "./generated/client.ts";
import { relaxed, steady } from "./libsql-client.ts";

export type Database = {
  readonly client: PrismaClient;
  close(): Promise<void>;
};

/**
 * Opens a migrated SQLite database, such as `file:./data/loginscope.db` (relative to the working directory).
 * `busyTimeout` is how many milliseconds a statement waits for another process to finish writing. Throws if
 * the file cannot be opened.
 *
 * One of these a process: SQLite waits for a lock without letting go of the event loop, so a client that
 * waits for another one of the same process waits in vain, until the busy timeout.
 */
export async function openDatabase(url: string, { busyTimeout = 5000 } = {}): Promise<Database> {
  const factory = new PrismaLibSql({ url, timeout: busyTimeout });
  const createClient = factory.createClient.bind(factory);
  factory.createClient = (config) => steady(createClient(config));

  const client = new PrismaClient({ adapter: factory });
  try {
    // In the file, for good: readers and the one writer no longer wait for each other.
    await client.$queryRaw`PRAGMA journal_mode = WAL`;
    await client.$queryRawUnsafe(relaxed);
  } catch (error) {
    await client.$disconnect();
    throw error;
  }
  return { client, close: () => client.$disconnect() };
}
