import { PrismaLibSql } from "@prisma/adapter-libsql";
import { PrismaClient } from "./generated/client.ts";
import { relaxed, steady } from "./libsql-client.ts";
import { patient } from "./patient-adapter.ts";

export type Database = {
  readonly client: PrismaClient;
  close(): Promise<void>;
};

/** A transaction that waits for its turn fails by `patience`, and never by Prisma's own two seconds. */
const transactionOptions = { maxWait: 10_000 };

/**
 * Opens a migrated SQLite database, such as `file:./data/loginscope.db` (relative to the working directory).
 * `patience` is how many milliseconds a statement waits for another process to finish writing, without holding anything
 * else up. Then it throws `StoreUnavailable`. Throws if the file cannot be opened.
 */
export async function openDatabase(url: string, { patience = 2000 } = {}): Promise<Database> {
  // No busy timeout: SQLite waits for a lock without letting go of the event loop.
  const factory = new PrismaLibSql({ url, timeout: 0 });
  const createClient = factory.createClient.bind(factory);
  factory.createClient = (config) => steady(createClient(config));
  const connect = factory.connect.bind(factory);

  const adapter = Object.assign(factory, { connect: async () => patient(await connect(), patience) });
  const client = new PrismaClient({ adapter, transactionOptions });
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
