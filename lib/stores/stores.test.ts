import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { Person } from "../lab/lab.ts";
import { sharedRedis } from "../testing/shared-redis.ts";
import { openTemporaryDatabase } from "../testing/temporary-database.ts";
import { createCachedRecords, createRecordCache } from "./cached/cached-records.ts";
import { holdTo, type Neighbours } from "./contract.ts";
import { denylistRules } from "./denylist.contract.ts";
import { openFileDisk } from "./file/file-disk.ts";
import { createFileStore } from "./file/file-store.ts";
import { createMemoryDenylist } from "./memory/memory-denylist.ts";
import { createMemoryRecords } from "./memory/memory-records.ts";
import { createMemoryRefreshFamilies } from "./memory/memory-refresh-families.ts";
import { createMemorySessionData, type Shelf } from "./memory/memory-session-data.ts";
import { createMemoryUsers } from "./memory/memory-users.ts";
import { createPrismaDenylist } from "./prisma/prisma-denylist.ts";
import { createPrismaRecords } from "./prisma/prisma-records.ts";
import { createPrismaRefreshFamilies } from "./prisma/prisma-refresh-families.ts";
import { createPrismaSessionData } from "./prisma/prisma-session-data.ts";
import { createPrismaUsers } from "./prisma/prisma-users.ts";
import { recordRules } from "./records.contract.ts";
import { openRedis } from "./redis/redis.ts";
import { createRedisRecords } from "./redis/redis-records.ts";
import { createRedisSessionData } from "./redis/redis-session-data.ts";
import { refreshFamilyRules } from "./refresh-families.contract.ts";
import { type Logins, sessionDataRules } from "./session-data.contract.ts";
import { createFakePasswords, userRules } from "./users.contract.ts";

const database = await openTemporaryDatabase();
afterAll(() => database.close());
const redis = await openRedis(sharedRedis());
afterAll(() => redis.close());

const folder = mkdtempSync(join(tmpdir(), "loginscope-files-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const cache = createRecordCache(100);

type Place = { readonly client: typeof database.client; readonly labId: string; readonly flow: string };

holdTo("records in memory", recordRules, () => inMemory(() => createMemoryRecords()));
holdTo("records in SQL", recordRules, () => inSql(createPrismaRecords));
holdTo("records in a cache", recordRules, () => inSql(createCached));
holdTo("records in Redis", recordRules, () => somewhere((lab, flow) => createRedisRecords({ redis, lab, flow })));
holdTo("records in a file", recordRules, () => inFiles((records) => records));

holdTo("session data in memory", sessionDataRules, () =>
  inMemory((): Logins => {
    const shelf: Shelf = new Map();
    return { records: createMemoryRecords({ shelf }), data: createMemorySessionData(shelf) };
  }),
);
holdTo("session data in SQL", sessionDataRules, () =>
  inSql((place) => ({ records: createPrismaRecords(place), data: createPrismaSessionData(place) })),
);
holdTo("session data in SQL, of records in a cache", sessionDataRules, () =>
  inSql((place) => ({ records: createCached(place), data: createPrismaSessionData(place) })),
);
holdTo("session data in Redis", sessionDataRules, () =>
  somewhere((lab, flow) => ({
    records: createRedisRecords({ redis, lab, flow }),
    data: createRedisSessionData({ redis, lab, flow }),
  })),
);
holdTo("session data in a file", sessionDataRules, () => inFiles((records, data) => ({ records, data })));

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

async function somewhere<Port>(open: (lab: string, flow: string) => Port): Promise<Neighbours<Port>> {
  const [here, there] = [randomUUID(), randomUUID()];
  return { here: open(here, "one"), otherFlow: open(here, "two"), otherLab: open(there, "one") };
}

function inFiles<Port>(bind: (...logins: [Logins["records"], Logins["data"]]) => Port): Promise<Neighbours<Port>> {
  const store = createFileStore(openFileDisk(folder), { records: 100, data: 100_000 });
  return somewhere((id, flow) =>
    bind(store.records({ id, salt: "salt" }, flow), store.data({ id, salt: "salt" }, flow)),
  );
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
