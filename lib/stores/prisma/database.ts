import { PrismaLibSql } from "@prisma/adapter-libsql";
import { PrismaClient } from "./generated/client.ts";
import { databaseFile } from "./migrate.ts";
import { patient } from "./patient-adapter.ts";
import { openPreparedReads, type Read, throughPrisma } from "./reads.ts";
import { openSqlite, relaxed } from "./sqlite-client.ts";

export type Database = {
  readonly client: PrismaClient;
  /** Rows by SQL, in the way that was chosen. */
  readonly read: Read;
  close(): Promise<void>;
};

export type DatabaseOptions = { readonly patience?: number; readonly reads?: ReadsBy };

/** Through Prisma, or by prepared statements of the driver. */
export const readsBy = ["prisma", "prepared"] as const;
type ReadsBy = (typeof readsBy)[number];

/** A transaction that waits for its turn fails by `patience`, and never by Prisma's own two seconds. */
const transactionOptions = { maxWait: 10_000 };

/**
 * So many query plans are kept: more than there are queries. Prisma keeps a thousand of its own accord, and has a plan
 * for each combination of look-ups that came in one tick.
 */
const queryPlanCacheMaxSize = 200;

/**
 * Opens a migrated SQLite database, such as `file:./data/loginscope.db` (relative to the working directory).
 * `patience` is how many milliseconds a statement waits for another process to finish writing, without holding anything
 * else up. Then it throws `StoreUnavailable`. `reads`: how rows are read by SQL. Throws if the file cannot be opened.
 */
export async function openDatabase(url: string, options: DatabaseOptions = {}): Promise<Database> {
  const { patience = 2000, reads = "prisma" } = options;
  const factory = new PrismaLibSql({ url });
  factory.createClient = () => openSqlite(databaseFile(url));
  const connect = factory.connect.bind(factory);

  const adapter = Object.assign(factory, { connect: async () => patient(await connect(), patience) });
  const client = new PrismaClient({ adapter, transactionOptions, queryPlanCacheMaxSize });
  try {
    // In the file, for good: readers and the one writer no longer wait for each other.
    await client.$queryRaw`PRAGMA journal_mode = WAL`;
    await client.$queryRawUnsafe(relaxed);
  } catch (error) {
    await client.$disconnect();
    throw error;
  }
  const slow = throughPrisma(client);
  const prepared = reads === "prepared" ? openPreparedReads(databaseFile(url), slow) : null;
  return {
    client,
    read: prepared?.read ?? slow,
    async close() {
      prepared?.close();
      await client.$disconnect();
    },
  };
}
