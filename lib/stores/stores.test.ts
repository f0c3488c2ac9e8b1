import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { Person } from "../lab/lab.ts";
import { sharedRedis } from "../testing/shared-redis.ts";
import { openTemporaryDatabase } from "../testing/temporary-database.ts";
import { holdTo, type Neighbours } from "./contract.ts";
import { denylistRules } from "./denylist.contract.ts";
import { createMemoryDenylist } from "./memory/memory-denylist.ts";
import { createMemoryRefreshFamilies } from "./memory/memory-refresh-families.ts";
import { createMemoryUsers } from "./memory/memory-users.ts";
import { createPrismaDenylist } from "./prisma/prisma-denylist.ts";
import { createPrismaRefreshFamilies } from "./prisma/prisma-refresh-families.ts";
import { createPrismaUsers } from "./prisma/prisma-users.ts";
import { recordRules } from "./records.contract.ts";
import { refreshFamilyRules } from "./refresh-families.contract.ts";
import { stores } from "./registry.ts";
import { type LoginStore, sessionDataRules } from "./session-data.contract.ts";
import type { OpenStore } from "./store-module.ts";
import { createFakePasswords, userRules } from "./users.contract.ts";

const database = await openTemporaryDatabase();
afterAll(() => database.close());

const folder = mkdtempSync(join(tmpdir(), "loginscope-files-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type FlowPlace = { readonly client: typeof database.client; readonly labId: string; readonly flow: string };

for (const [name, { title, open }] of Object.entries(stores)) {
  const opened = await open({
    client: database.client,
    redisUrl: sharedRedis(),
    folder: join(folder, name),
    // A cache keeps its answers for the whole test.
    systemClock: { now: () => 1_800_000_000_000 },
    report: () => {},
  });
  if ("needs" in opened) throw new Error(`The store ${name} needs ${opened.needs}`);
  afterAll(() => opened.close?.());

  holdTo(`records in ${title}`, recordRules, () => inStore(opened, ({ records }) => records));
  holdTo(`session data in ${title}`, sessionDataRules, () => inStore(opened, (logins) => logins));
}

holdTo("refresh families in memory", refreshFamilyRules, () => inMemory(createMemoryRefreshFamilies));
holdTo("refresh families in SQL", refreshFamilyRules, () => inSql(createPrismaRefreshFamilies));

holdTo("denied tokens in memory", denylistRules, () => inMemory(createMemoryDenylist));
holdTo("denied tokens in SQL", denylistRules, () => inSql(createPrismaDenylist));

holdTo("users in memory", userRules, async () => {
  const passwords = createFakePasswords();
  const people = new Map([alice, zoe, mallory].map((person) => [person.id, person]));
  const here = createMemoryUsers({ people, passwords });
  const otherFlow = createMemoryUsers({ people, passwords });
  return { here, otherFlow, otherLab: createMemoryUsers({ people: new Map(), passwords }), passwords };
});

holdTo("users in SQL", userRules, async () => {
  const passwords = createFakePasswords();
  const open = (place: FlowPlace) => createPrismaUsers({ ...place, passwords });
  return { ...(await inSql(open, { here: [alice, zoe, mallory], otherLab: [] })), passwords };
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
function inStore<Port>(store: OpenStore, bind: (logins: LoginStore) => Port): Promise<Neighbours<Port>> {
  const node = store.node();
  return inSql(({ labId, flow }) => {
    const lab = { id: labId, salt: "salt", clockOffset: 0 };
    return bind({ records: node.records(lab, flow, 1000), data: node.data(lab, flow) });
  });
}

async function inMemory<Port>(create: () => Port): Promise<Neighbours<Port>> {
  return { here: create(), otherFlow: create(), otherLab: create() };
}

async function inSql<Port>(
  create: (place: FlowPlace) => Port,
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
