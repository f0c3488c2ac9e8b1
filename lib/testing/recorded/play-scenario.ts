import { crc32 } from "node:zlib";
import { vi } from "vitest";
import type { RandomBytes } from "../../adapters/node-random.ts";
import { Overloaded } from "../../core/refusal.ts";
import type { InsideCall } from "../../server/inside-call.ts";
import { permanentLabId } from "../../server/lab-contexts.ts";
import { dumpDatabase } from "../dump-database.ts";
import { seededBytes } from "../seeded-bytes.ts";
import { createTestApplication, type TestApplication } from "../test-application.ts";
import { openCorrespondence } from "./correspondence.ts";
import { masked } from "./masks.ts";
import type { Scenario } from "./scenario.ts";
import type { Written } from "./written.ts";

export type Recorded = {
  readonly exchanges: readonly Written[];
  /** The rows that are there at the end, by table. */
  readonly database: Readonly<Record<string, unknown>>;
};

export type Player = {
  play(scenario: Scenario): Promise<Recorded>;
  close(): Promise<void>;
};

/** When every scenario begins. */
const beginning = Date.UTC(2030, 0, 1, 12);
const secret = "tZ4vQ0mXr7Lk2Wc9Ye5Hs8Pb1Nd6Gf3Ja";

/**
 * Plays scenarios in process, one after another. Time stands still during a request and moves by a second between two.
 * Random bytes come from a seed of the scenario's own, so one recording does not depend on another. One application
 * serves all scenarios of the same environment, and is emptied after each.
 */
export function createPlayer(redisUrl: string): Player {
  const applications = new Map<string, Promise<TestApplication>>();
  let bytes: RandomBytes;
  let inside: InsideCall;
  const replacements = {
    randomBytes: (size: number) => bytes(size),
    call: (...asked: Parameters<InsideCall>) => inside(...asked),
    // Hashes as an installation makes them: the rows are compared as well.
    passwords: undefined,
  };

  function applicationOf({ redis, environment }: Scenario): Promise<TestApplication> {
    const settings = { LOGINSCOPE_SECRET: secret, REDIS_URL: redis ? redisUrl : "", ...environment };
    const key = JSON.stringify(settings);
    const application = applications.get(key) ?? createTestApplication(settings, replacements);
    applications.set(key, application);
    return application;
  }

  return {
    async play(scenario) {
      bytes = seededBytes(crc32(`${scenario.area}/${scenario.name}`));
      vi.useFakeTimers({ toFake: ["Date"], now: beginning });
      const app = await applicationOf(scenario);
      const full = scenario.overloaded && vi.spyOn(app.passwords, "verify").mockRejectedValue(new Overloaded());
      try {
        await addPeople(app, scenario);
        const correspondence = await openCorrespondence(app, beginning);
        inside = correspondence.inside;
        for (const step of scenario.steps) await correspondence.play(step);
        const exchanges = await correspondence.end();
        return { exchanges, database: await rowsOf(app) };
      } finally {
        full?.mockRestore();
        await empty(app);
        vi.useRealTimers();
      }
    },
    async close() {
      for (const application of applications.values()) await (await application).dispose();
    },
  };
}

async function addPeople({ labContexts, passwords }: TestApplication, { people = [] }: Scenario): Promise<void> {
  const context = people.length > 0 ? await labContexts.open(permanentLabId) : null;
  for (const { username, role, password } of people) {
    await context?.people.add({ username, role, displayName: username, passwordHash: await passwords.hash(password) });
  }
}

/** Removes every lab. */
async function empty({ database, labContexts, exchanges }: TestApplication): Promise<void> {
  for (const { id } of await database.client.lab.findMany()) {
    await labContexts.remove(id);
    exchanges.forget(id);
  }
}

async function rowsOf(app: TestApplication): Promise<Recorded["database"]> {
  const { _prisma_migrations: _, ...tables } = await dumpDatabase(app);
  const events = await app.database.client.authEvent.findMany({ orderBy: [{ labId: "asc" }, { id: "asc" }] });
  const filled = Object.entries({ ...tables, AuthEvent: events }).flatMap(([table, rows]) => {
    const written = Array.isArray(rows) ? rows.map((row) => masked(JSON.stringify(row, plainNumber))) : [];
    // Only events have an order that an answer shows.
    const ordered = table === "AuthEvent" ? written : written.sort();
    return ordered.length === 0 ? [] : [[table, ordered.map((row): unknown => JSON.parse(row))] as const];
  });
  return Object.fromEntries(filled);
}

function plainNumber(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? Number(value) : value;
}
