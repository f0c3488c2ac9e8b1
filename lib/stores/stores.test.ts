import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { Person } from "../lab/lab.ts";
import { sharedRedis } from "../testing/shared-redis.ts";
import { openTemporaryDatabase } from "../testing/temporary-database.ts";
import { type CachedReads, createCachedReads } from "./cached/cached-reads.ts";
import { holdTo, type Neighbours } from "./contract.ts";
import { denylistRules } from "./denylist.contract.ts";
import { createMemoryDenylist } from "./memory/memory-denylist.ts";
import { createMemoryRefreshFamilies } from "./memory/memory-refresh-families.ts";
import { createMemoryUsers } from "./memory/memory-users.ts";
import type { Database } from "./prisma/database.ts";
import { createPrismaDenylist } from "./prisma/prisma-denylist.ts";
import { createPrismaRefreshFamilies } from "./prisma/prisma-refresh-families.ts";
import { createPrismaUsers } from "./prisma/prisma-users.ts";
import type { SqlAccess } from "./prisma/reads.ts";
import { recordRules } from "./records.contract.ts";
import { refreshFamilyRules } from "./refresh-families.contract.ts";
import { stores } from "./registry.ts";
import { type LoginStore, sessionDataRules } from "./session-data.contract.ts";
import type { OpenStore } from "./store-module.ts";
import { createFakePasswords, userRules } from "./users.contract.ts";

/** Rows are read by SQL in two ways. The same rules hold both. */
const [throughPrisma, byPrepared] = await Promise.all([
  openTemporaryDatabase(),
  openTemporaryDatabase({ reads: "prepared" }),
]);
const ways = [
  { way: "", database: throughPrisma, keepers: Object.keys(stores).filter((name) => stores[name]?.over === undefined) },
  { way: ", read by prepared statements", database: byPrepared, keepers: ["sql"] },
];
afterAll(() => Promise.all(ways.map(({ database }) => database.close())));

const folder = mkdtempSync(join(tmpdir(), "loginscope-files-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An answer in a cache is young for the whole test. */
const still = { now: () => 1_800_000_000_000 };
const caches = [
  ["", false],
  [", read through a cache", true],
] as const;

type FlowPlace = SqlAccess & { readonly labId: string; readonly flow: string };

for (const { way, database, keepers } of ways) {
  for (const [name, { title, open }] of Object.entries(stores).filter(([each]) => keepers.includes(each))) {
    const opened = await open({
      ...database,
      redisUrl: sharedRedis(),
      folder: join(folder, name),
      systemClock: still,
      report: () => {},
    });
    if ("needs" in opened) throw new Error(`The store ${name} needs ${opened.needs}`);
    afterAll(() => opened.close?.());

    for (const [cache, cached] of caches) {
      const inFlows = <Port>(bind: (logins: LoginStore) => Port) => inStore(database, opened, cached, bind);
      holdTo(`records in ${title}${way}${cache}`, recordRules, () => inFlows(({ records }) => records));
      holdTo(`session data in ${title}${way}${cache}`, sessionDataRules, () => inFlows((logins) => logins));
    }
  }

  holdTo(`refresh families in SQL${way}`, refreshFamilyRules, () => inSql(database, createPrismaRefreshFamilies));
  for (const [cache, cached] of caches) {
    holdTo(`denied tokens in SQL${way}${cache}`, denylistRules, () => {
      const reads = openReads();
      return inSql(database, (place) => reads.denylist(createPrismaDenylist(place), inCache(place, cached)));
    });
    holdTo(`users in SQL${way}${cache}`, userRules, async () => {
      const [passwords, reads] = [createFakePasswords(), openReads()];
      const open = (place: FlowPlace) =>
        reads.users(createPrismaUsers({ ...place, passwords }), inCache(place, cached));
      return { ...(await inSql(database, open, { here: [alice, zoe, mallory], otherLab: [] })), passwords };
    });
  }
}

holdTo("refresh families in memory", refreshFamilyRules, () => inMemory(createMemoryRefreshFamilies));
holdTo("denied tokens in memory", denylistRules, () => inMemory(createMemoryDenylist));
holdTo("users in memory", userRules, async () => {
  const passwords = createFakePasswords();
  const people = new Map([alice, zoe, mallory].map((person) => [person.id, person]));
  const here = createMemoryUsers({ people, passwords });
  const otherFlow = createMemoryUsers({ people, passwords });
  return { here, otherFlow, otherLab: createMemoryUsers({ people: new Map(), passwords }), passwords };
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
const zoe: Person = { ...alice, id: "zoe-id", username: "zo\u00E9" };
const named = (name: string): Person => ({ ...alice, id: name, username: name });

/** Bound to two flows of a lab and to another lab, on one node. */
function inStore<Port>(
  database: Database,
  store: OpenStore,
  cached: boolean,
  bind: (logins: LoginStore) => Port,
): Promise<Neighbours<Port>> {
  const [node, reads] = [store.node(), openReads()];
  return inSql(database, (place) => {
    const at = inCache(place, cached);
    const records = reads.records(node.records(at.lab, at.flow), { ...at, store: "one" });
    return bind({ records, data: node.data(at.lab, at.flow) });
  });
}

/** What one node remembers. */
function openReads(): CachedReads {
  return createCachedReads({ limit: 1000, labs: 10 });
}

function inCache({ labId, flow }: Pick<FlowPlace, "labId" | "flow">, cached: boolean) {
  return { lab: { id: labId, salt: "salt" }, flow, clock: still, cached };
}

async function inMemory<Port>(create: () => Port): Promise<Neighbours<Port>> {
  return { here: create(), otherFlow: create(), otherLab: create() };
}

async function inSql<Port>(
  database: Database,
  create: (place: FlowPlace) => Port,
  people = { here: [named("alice"), named("bob")], otherLab: [named("alice"), named("bob")] },
): Promise<Neighbours<Port>> {
  const here = await addLab(database, people.here);
  const otherLab = await addLab(database, people.otherLab);
  return {
    here: create({ ...database, labId: here, flow: "one" }),
    otherFlow: create({ ...database, labId: here, flow: "two" }),
    otherLab: create({ ...database, labId: otherLab, flow: "one" }),
  };
}

async function addLab({ client }: Database, people: readonly Person[]): Promise<string> {
  const id = `lab ${await client.lab.count()}`;
  await client.lab.create({
    data: { id, salt: "salt", enabled: "[]", createdAt: 0n, users: { create: [...people] } },
  });
  return id;
}
