import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createArgon2Passwords } from "../adapters/argon2-passwords.ts";
import { compose, type Replacements } from "../server/compose.ts";
import type { Composition } from "../server/composition.ts";
import { readEnvironment } from "../server/process/env.ts";
import { stageAt } from "../server/stage.ts";
import { documented } from "./documented-answers.ts";
import { writeMigrated } from "./migrated-database.ts";
import { sharedRedis } from "./shared-redis.ts";

export type TestApplication = Composition & {
  readonly stage: ReturnType<typeof stageAt>;
  dispose(): Promise<void>;
};

/**
 * The same kind of hash at a hundredth of the cost: most tests log a person in, and few test the hash. Such a test
 * passes `passwords: undefined` and gets those of an installation.
 */
const cheap = { memory: 64, passes: 1 } as const;

/**
 * The whole application in this process, with a database of its own and a Redis that tests share, and with limits that
 * tests do not reach by accident. Each answer is checked against the documented ones.
 */
export async function createTestApplication(
  env: Record<string, string> = {},
  replacements: Replacements = {},
): Promise<TestApplication> {
  const folder = await mkdtemp(join(tmpdir(), "loginscope-"));
  const file = join(folder, "test.db");
  await writeMigrated(file);
  const composition = await compose(
    readEnvironment({
      NODE_ENV: "test",
      LAB_MODE: "on",
      LOGINSCOPE_SECRET: randomBytes(48).toString("base64url"),
      DATABASE_URL: `file:${file}`,
      // A third of a test's time is spent in these reads. The way of an installation has its tests beside it.
      SQL_READS: "prepared",
      LOGIN_ATTEMPTS: "1000",
      LOGIN_ATTEMPTS_PER_ADDRESS: "10000",
      REFRESHES_PER_MINUTE: "10000",
      LABS_PER_HOUR: "10000",
      // Empty in a test of an application without Redis.
      REDIS_URL: env["REDIS_URL"] ?? sharedRedis(),
      ...env,
    }),
    { passwords: createArgon2Passwords(cheap), ...replacements },
  );
  const dispatch = documented(composition.dispatch, composition.app, composition.table);
  return {
    ...composition,
    dispatch,
    stage: stageAt(composition, dispatch),
    async dispose() {
      await composition.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Two processes of the application over the same database and the same Redis, each with its own memory and caches, and
 * with one clock. `pass` moves that clock on, in milliseconds.
 */
export async function openTwoProcesses() {
  const began = Date.now();
  let passed = 0;
  const systemClock = { now: () => began + passed };
  const first = await createTestApplication({}, { systemClock });
  const other = await compose(first.env, { systemClock });
  return {
    first,
    other,
    pass(milliseconds: number): void {
      passed += milliseconds;
    },
    async dispose(): Promise<void> {
      await other.close();
      await first.dispose();
    },
  };
}
