import { expect, test, vi } from "vitest";
import { cachedFor } from "../../core/settings.ts";
import type { Person } from "../../lab/lab.ts";
import { createMemoryDenylist } from "../memory/memory-denylist.ts";
import { createMemoryRecords } from "../memory/memory-records.ts";
import { createMemoryUsers } from "../memory/memory-users.ts";
import { type CachedReads, createCachedReads } from "./cached-reads.ts";

const start = 1_800_000_000_000;
const alice: Person = {
  id: "alice-id",
  username: "alice",
  displayName: "Alice",
  role: "user",
  disabled: false,
  passwordHash: "",
  balance: 100,
};

/** One list and one person, seen by two nodes; both of them cache, but where `cached` says otherwise. */
function twoNodes({ cached = true } = {}) {
  const [people, denylist] = [new Map([[alice.id, alice]]), createMemoryDenylist()];
  const users = createMemoryUsers({ people, passwords: { verify: async () => true } });
  const time = { now: start };
  const at = { lab: { id: "lab", salt: "salt" }, flow: "hybrid", clock: { now: () => time.now }, cached };
  const asked = { find: vi.spyOn(users, "find"), has: vi.spyOn(denylist, "has") };
  const node = (reads: CachedReads = createCachedReads({ limit: 100, labs: 2 })) => ({
    reads,
    users: reads.users(users, at),
    denylist: reads.denylist(denylist, at),
  });
  return { people, time, asked, at, node, here: node(), there: node() };
}

test("a person is asked for once, by id and by name, and then cached up to the bound", async () => {
  const { here, people, time } = twoNodes();
  const bySight = async () => [(await here.users.find("alice-id"))?.role, (await here.users.findByName("alice"))?.role];
  expect(await bySight()).toEqual(["user", "user"]);
  people.set(alice.id, { ...alice, role: "admin" });
  time.now = start + cachedFor - 1;
  expect(await bySight()).toEqual(["user", "user"]);
  time.now = start + cachedFor;
  expect(await bySight()).toEqual(["admin", "admin"]);
});

test("a password is never checked by what is cached", async () => {
  const { here, people } = twoNodes();
  await here.users.findByName("alice");
  people.set(alice.id, { ...alice, disabled: true });
  expect(await here.users.verify({ username: "alice", password: "any" })).toBeNull();
});

test("a version that this node raised counts at once, also for a read that was under way; elsewhere after the bound", async () => {
  const { here, there, asked, time } = twoNodes();
  for (const node of [here, there]) expect((await node.users.find("alice-id"))?.version).toBe(0);
  await here.users.raiseVersion("alice-id");
  expect((await here.users.find("alice-id"))?.version).toBe(1);
  expect((await there.users.find("alice-id"))?.version).toBe(0);
  expect((await there.users.find("alice-id", { fresh: true }))?.version).toBe(1);

  let arrive = () => {};
  asked.find.mockImplementationOnce(async () => {
    await new Promise<void>((resolve) => {
      arrive = resolve;
    });
    return { ...alice, version: 1 };
  });
  time.now += cachedFor;
  const late = here.users.find("alice-id");
  await here.users.raiseVersion("alice-id");
  arrive();
  expect((await late)?.version).toBe(1);
  expect((await here.users.find("alice-id"))?.version).toBe(2);
});

const changes = {
  setRole: ({ people }) => people.setRole("alice-id", "admin", []),
  disable: ({ people }) => people.disable("alice-id", []),
  enable: ({ people }) => people.enable("alice-id"),
  changePassword: ({ people }) => people.changePassword("alice-id", { expectedHash: "", nextHash: "", flows: [] }),
} as const satisfies Record<string, (at: { readonly people: ReturnType<CachedReads["people"]> }) => Promise<unknown>>;

test.for(Object.entries(changes))("a change of a person by %s drops them in each flow", async ([, change]) => {
  const { at, asked, node, here } = twoNodes();
  const otherFlow = here.reads.users(node().users, { ...at, flow: "cookie" });
  const done = async () => true;
  const people = here.reads.people(
    {
      ...{ list: async () => [], find: async () => null, named: async () => null, add: async () => null },
      ...{ changePassword: done, transfer: async () => 0, setRole: done, disable: done, enable: async () => {} },
    },
    at.lab,
  );
  for (const users of [here.users, otherFlow]) await users.find("alice-id");
  asked.find.mockClear();
  await change({ people });
  await here.users.find("alice-id");
  expect(asked.find).toHaveBeenCalledTimes(1);
});

test("that a token is not on the list is cached; what this node puts there counts at once, elsewhere after the bound", async () => {
  const { here, there, asked, time } = twoNodes();
  for (const node of [here, there]) expect(await node.denylist.has("jti")).toBe(false);
  expect(await here.denylist.has("jti")).toBe(false);
  expect(asked.has).toHaveBeenCalledTimes(2);
  await here.denylist.add("jti", start + 1000);
  expect([await here.denylist.has("jti"), await there.denylist.has("jti")]).toEqual([true, false]);
  expect(await there.denylist.has("jti", { fresh: true })).toBe(true);
  time.now = start + cachedFor;
  expect(await there.denylist.has("jti")).toBe(true);
});

test("without the setting nothing is cached or counted, and a change drops what was cached before", async () => {
  const { here, asked, at, node } = twoNodes();
  await here.users.find("alice-id");
  const off = twoNodes({ cached: false });
  const without = here.reads.users(off.node().users, { ...at, cached: false });
  for (const _ of [1, 2]) await without.find("alice-id");
  expect(off.asked.find).toHaveBeenCalledTimes(2);
  expect(here.reads.hits("lab", "hybrid")).toEqual({ hits: 0, misses: 1 });
  await without.raiseVersion("alice-id");
  asked.find.mockClear();
  await node(here.reads).users.find("alice-id");
  expect(asked.find).toHaveBeenCalledOnce();
});

test("hits and misses are counted by lab and flow, of the labs that were asked first the last ones; fresh ones are not", async () => {
  const { here, at } = twoNodes();
  const records = createMemoryRecords();
  const inLab = (id: string, flow: string) =>
    here.reads.records(records, { ...at, lab: { id, salt: "salt" }, flow, store: "memory" });
  expect(here.reads.hits("lab", "hybrid")).toBeNull();
  for (const how of [{ fresh: false }, { fresh: false }, { fresh: true }]) await here.users.find("alice-id", how);
  await here.denylist.has("jti");
  await inLab("lab", "cookie").find("none");
  expect([here.reads.hits("lab", "hybrid"), here.reads.hits("lab", "cookie")]).toEqual([
    { hits: 1, misses: 2 },
    { hits: 0, misses: 1 },
  ]);
  for (const id of ["second", "third"]) await inLab(id, "cookie").find("none");
  expect([here.reads.hits("lab", "hybrid"), here.reads.hits("third", "cookie")]).toEqual([
    null,
    { hits: 0, misses: 1 },
  ]);
});

test("a lab that is forgotten leaves nothing, and another salt finds nothing", async () => {
  const { here, at, asked, node } = twoNodes();
  await here.users.find("alice-id");
  await here.denylist.has("jti");
  expect(here.reads.size()).toBe(3);
  await here.reads.users(node().users, { ...at, lab: { id: "lab", salt: "new" } }).find("alice-id");
  expect(asked.find).toHaveBeenCalledTimes(2);
  here.reads.forget("other");
  expect(here.reads.size()).toBe(4);
  here.reads.forget("lab");
  expect([here.reads.size(), here.reads.hits("lab", "hybrid")]).toEqual([0, null]);
});
