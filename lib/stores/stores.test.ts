import { randomUUID } from "node:crypto";
import { afterAll } from "vitest";
import type { Person } from "../core/lab.ts";
import { sharedRedis } from "../testing/shared-redis.ts";
import { openTemporaryDatabase } from "../testing/temporary-database.ts";
import { createCachedRecords, createRecordCache } from "./cached/cached-records.ts";
import { holdTo, type Neighbours } from "./contract.ts";
import { denylistRules } from "./denylist.contract.ts";
import { createMemoryDenylist } from "./memory/memory-denylist.ts";
import { createMemoryRecords } from "./memory/memory-records.ts";
import { createMemoryRefreshFamilies } from "./memory/memory-refresh-families.ts";
import { createMemoryUsers } from "./memory/memory-users.ts";
import { createPrismaDenylist } from "./prisma/prisma-denylist.ts";
import { createPrismaRecords } from "./prisma/prisma-records.ts";
import { createPrismaRefreshFamilies } from "./prisma/prisma-refresh-families.ts";
import { createPrismaUsers } from "./prisma/prisma-users.ts";
import { recordRules } from "./records.contract.ts";
import { openRedis } from "./redis/redis.ts";
import { createRedisRecords } from "./redis/redis-records.ts";
import { refreshFamilyRules } from "./refresh-families.contract.ts";
import { createFakePasswords, userRules } from "./users.contract.ts";

const database = await openTemporaryDatabase();
afterAll(() => database.close());
const redis = await openRedis(sharedRedis());
afterAll(() => redis.close());

const cache = createRecordCache(100);

type Place = { readonly client: typeof database.client; readonly labId: string; readonly flow: string };

holdTo("records in memory", recordRules, () => inMemory(() => createMemoryRecords()));
holdTo("records in SQL", recordRules, () => inSql(createPrismaRecords));
holdTo("records in a cache", recordRules, () => inSql(createCached));
holdTo("records in Redis", recordRules, async () => {
  const open = (lab: string, flow: string) => createRedisRecords({ redis, lab, flow });
  const [here, there] = [randomUUID(), randomUUID()];
  return { here: open(here, "one"), otherFlow: open(here, "two"), otherLab: open(there, "one") };
});

holdTo("refresh families in memory", refreshFamilyRules, () => inMemory(createMemoryRefreshFamilies));
holdTo("refresh families in SQL", refreshFamilyRules, () => inSql(createPrismaRefreshFamilies));

holdTo("denied tokens in memory", denylistRules, () => inMemory(createMemoryDenylist));
holdTo("denied tokens in SQL", denylistRules, () => inSql(createPrismaDenylist));

holdTo("users in memory", userRules, async () => {
  const passwords = createFakePasswords();
  const people = new Map([alice, mallory].map((person) => [person.id, person]));
  const here = createMemoryUsers({ people, passwords });
  const otherFlow = createMemoryUsers({ people, passwords });
  return { here, otherFlow, otherLab: createMemoryUsers({ people: new Map(), passwords }), passwords };
});

holdTo("users in SQL", userRules, async () => {
  const passwords = createFakePasswords();
  const open = (place: Place) => createPrismaUsers({ ...place, passwords });
  return { ...(await inSql(open, { here: [alice, mallory], otherLab: [] })), passwords };
});

const alice: Person = {
  id: "alice-id",
  username: "alice",
  displayName: "Alice",
  role: "user",
  disabled: false,
  passwordHash: "hash of pw",
  balance: 100,
};
const mallory: Person = { ...alice, id: "mallory-id", username: "mallory", disabled: true };
const named = (name: string): Person => ({ ...alice, id: name, username: name });

/** Everything that is read is remembered, for as long as a test lasts. */
function createCached(place: Place) {
  const clock = { now: () => 1_800_000_000_000 };
  const name = `${place.labId} ${place.flow}`;
  const options = { place: name, staleFor: 1000, systemClock: clock, labClock: clock };
  return createCachedRecords({ records: createPrismaRecords(place), cache, ...options });
}

async function inMemory<Port>(create: () => Port): Promise<Neighbours<Port>> {
  return { here: create(), otherFlow: create(), otherLab: create() };
}

async function inSql<Port>(
  create: (place: Place) => Port,
  people = { here: [named("alice"), named("bob")], otherLab: [named("alice"), named("bob")] },
): Promise<Neighbours<Port>> {
  const { client } = database;
  const here = await addLab(people.here);
  const otherLab = await addLab(people.otherLab);
  return {
    here: create({ client, labId: here, flow: "one" }),
    otherFlow: create({ client, labId: here, flow: "two" }),
    otherLab: create({ client, labId: otherLab, flow: "one" }),
  };
}

async function addLab(people: readonly Person[]): Promise<string> {
  const id = `lab ${await database.client.lab.count()}`;
  await database.client.lab.create({
    data: { id, salt: "salt", enabled: "[]", createdAt: 0n, users: { create: [...people] } },
  });
  return id;
}
