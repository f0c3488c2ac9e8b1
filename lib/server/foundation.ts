import { createArgon2Passwords, type Passwords } from "../adapters/argon2-passwords.ts";
import type { RandomBytes } from "../adapters/node-random.ts";
import { objectionTo } from "../adapters/password-rules.ts";
import type { FlowModule } from "../core/flow.ts";
import type { VariantId } from "../core/ids.ts";
import type { Clock } from "../core/time.ts";
import type { Application } from "../http/application.ts";
import { createExchangeFeed } from "../lab/feed/exchange-feed.ts";
import type { Person } from "../lab/lab.ts";
import { createLabMemory, type LabMemory } from "../lab/memory/lab-memory.ts";
import { type Database, openDatabase } from "../stores/prisma/database.ts";
import { databaseFile, migrate } from "../stores/prisma/migrate.ts";
import { createDemoPasswords } from "./demo-people.ts";
import type { InsideCall } from "./inside-call.ts";
import { createLabContexts, type LabContexts } from "./lab-contexts.ts";
import { offeredFlows } from "./offered-flows.ts";
import type { Environment } from "./process/env.ts";
import { passwordsInLine } from "./process/passwords-in-line.ts";
import { openStores, type Stores } from "./stores.ts";

/** The base of the edge, the features and the pages: the flows, the labs with their people, and their stores. */
export type Foundation = {
  readonly env: Environment;
  readonly flows: readonly FlowModule[];
  /** Variants that cannot log in here, each with a sentence on what is missing. */
  readonly missing: ReadonlyMap<VariantId, string>;
  readonly database: Database;
  readonly stores: Stores;
  readonly passwords: Application["passwords"];
  /** So many passwords were answered OVERLOADED, since this process started. */
  overloaded(): number;
  readonly systemClock: Clock;
  /** The public password of a person of a lab, or `null` once they have another. */
  demoPassword(person: Pick<Person, "username" | "passwordHash">): Promise<string | null>;
  readonly labContexts: LabContexts;
  /** What this process remembers of labs. */
  readonly memory: LabMemory;
  readonly exchanges: ReturnType<typeof createExchangeFeed>;
  /** Aborted when this process is asked to end. */
  readonly stopping: AbortSignal;
  /** Reports an error that no request should cause. */
  report(error: unknown): void;
};

export type FoundationOptions = {
  readonly env: Environment;
  /** The flows that are offered; variants without a configured store are left out. */
  readonly known: readonly FlowModule[];
  readonly systemClock: Clock;
  readonly randomBytes: RandomBytes;
  readonly stopping: AbortSignal;
  /** The password hashing, if it differs from an installation's. */
  readonly hashing?: Passwords | undefined;
  /** How one part of this application calls another. */
  readonly call: InsideCall;
};

export async function layFoundation(options: FoundationOptions): Promise<Foundation> {
  const { env, known, systemClock, call, randomBytes, stopping, hashing = createArgon2Passwords() } = options;
  await migrate(env.DATABASE_URL);
  const database = await openDatabase(env.DATABASE_URL, { reads: env.SQL_READS });
  const report = (error: unknown) => console.error(error);
  const stores = await openStores({
    database,
    redisUrl: env.REDIS_URL,
    // Next to the database, so that both are deleted or copied together.
    folder: `${databaseFile(env.DATABASE_URL)}.logins`,
    systemClock,
    report,
  });
  const { flows, missing } = offeredFlows(known, stores);
  const memory = createLabMemory();
  for (const kept of stores.kept) memory.keep(kept);
  const { overloaded, ...inLine } = passwordsInLine(hashing, { stopping, report });
  const passwords = { ...inLine, objection: objectionTo };
  return {
    env,
    flows,
    missing,
    database,
    stores,
    passwords,
    overloaded,
    systemClock,
    demoPassword: createDemoPasswords(passwords),
    memory,
    labContexts: createLabContexts({
      ...{ env, database, stores, flows, passwords, systemClock, report, call, randomBytes, memory },
    }),
    exchanges: createExchangeFeed({ systemClock, memory }),
    stopping,
    report,
  };
}
