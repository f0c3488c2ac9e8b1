import { afterAll, beforeEach, describe, expect, test } from "vitest";
import type { Person } from "../../lab/lab.ts";
import { openTemporaryDatabase } from "../../testing/temporary-database.ts";
import { winners } from "../contract.ts";
import { createPrismaPeople } from "./prisma-people.ts";

const { client, close } = await openTemporaryDatabase();
afterAll(close);

let drawn = 0;
const random = { id: () => `id ${++drawn}` };
const peopleOf = (labId: string) => createPrismaPeople({ client, labId, random });
const here = peopleOf("here");
const elsewhere = peopleOf("elsewhere");

const alice = { username: "alice", displayName: "Alice", role: "user", passwordHash: "old" } as const;

beforeEach(async () => {
  await client.lab.deleteMany();
  for (const id of ["here", "elsewhere"]) {
    await client.lab.create({ data: { id, salt: "salt", enabled: "[]", createdAt: 0n } });
  }
});

/** Adds alice to the lab `here`. */
async function addAlice(): Promise<Person> {
  await here.add(alice);
  const [person] = await here.list();
  if (!person) throw new Error("alice was not added");
  return person;
}

const versions = () => client.userVersion.findMany({ select: { flow: true, version: true }, orderBy: { flow: "asc" } });

test("a person is added with an id of their own, and found by it", async () => {
  const person = await addAlice();
  expect(person).toEqual({ ...alice, id: person.id, disabled: false, balance: 100 });
  expect(await here.find(person.id)).toEqual(person);
});

test("a username is taken once per lab", async () => {
  expect(await here.add(alice)).toBeNull();
  expect(await here.add({ ...alice, displayName: "Another" })).toBe("alice");
  expect(await elsewhere.add(alice)).toBeNull();
});

test("a username that differs from another by case or normal form only is refused, and the other is named", async () => {
  expect(await here.add({ ...alice, username: "cafe\u0301" })).toBeNull();
  for (const username of ["Caf\u00E9", "CAFE\u0301", " caf\u00E9"]) {
    expect(await here.add({ ...alice, username })).toBe("caf\u00E9");
  }
  expect(await here.add({ ...alice, username: "cafe" })).toBeNull();
  expect((await here.list()).map(({ username }) => username)).toEqual(["cafe", "caf\u00E9"]);
});

test("names are kept trimmed and in NFC, and a person with a name that is refused is not made", async () => {
  await here.add({ ...alice, username: " zoe\u0301 ", displayName: " Zoe\u0301\n" });
  expect(await here.list()).toMatchObject([{ username: "zo\u00E9", displayName: "Zo\u00E9" }]);
  for (const names of [{ username: "" }, { displayName: "x".repeat(65) }, { username: "a\u0000" }]) {
    await expect(here.add({ ...alice, ...names })).rejects.toThrow(RangeError);
  }
  expect(await here.list()).toHaveLength(1);
});

test("a changed password raises the version in each of the flows", async () => {
  const { id } = await addAlice();
  const flows = ["cookie", "hybrid"];
  expect(await here.changePassword(id, { expectedHash: "old", nextHash: "new", flows })).toBe(true);
  expect(await here.changePassword(id, { expectedHash: "new", nextHash: "newer", flows: ["hybrid"] })).toBe(true);
  expect((await here.find(id))?.passwordHash).toBe("newer");
  expect(await versions()).toEqual([
    { flow: "cookie", version: 1 },
    { flow: "hybrid", version: 2 },
  ]);
});

test("a password that was changed meanwhile is not overwritten, and the versions stay", async () => {
  const { id } = await addAlice();
  expect(await here.changePassword(id, { expectedHash: "stale", nextHash: "new", flows: ["cookie"] })).toBe(false);
  expect((await here.find(id))?.passwordHash).toBe("old");
  expect(await versions()).toEqual([]);
});

test("parallel changes of a password: exactly one happens", async () => {
  const { id } = await addAlice();
  const change = (nextHash: string) => here.changePassword(id, { expectedHash: "old", nextHash, flows: ["cookie"] });
  expect(await winners(["a", "b", "c", "d"].map(change))).toBe(1);
  expect(await versions()).toEqual([{ flow: "cookie", version: 1 }]);
});

test("if a version cannot be raised, the password stays", async () => {
  const { id } = await addAlice();
  const flow = null as unknown as string;
  const change = here.changePassword(id, { expectedHash: "old", nextHash: "new", flows: ["cookie", flow] });
  await expect(change).rejects.toThrow();
  expect((await here.find(id))?.passwordHash).toBe("old");
  expect(await versions()).toEqual([]);
});

test("role and the disabled switch can be changed", async () => {
  const { id } = await addAlice();
  await here.add({ ...alice, username: "admin", role: "admin" });
  await here.setRole(id, "admin", []);
  await here.disable(id, []);
  expect(await here.find(id)).toMatchObject({ role: "admin", disabled: true });
  await here.enable(id);
  expect(await here.find(id)).toMatchObject({ role: "admin", disabled: false });
});

test("a raised role raises the person's version in each flow, once; the same role and a lowered one do not", async () => {
  const { id } = await addAlice();
  await here.add({ ...alice, username: "admin", role: "admin" });
  const [flows, raised] = [
    ["cookie", "memory-jwt"],
    [{ version: 1 }, { version: 1 }],
  ];
  await here.setRole(id, "admin", flows);
  expect(await versions()).toMatchObject(raised);
  await here.setRole(id, "admin", flows);
  await here.setRole(id, "user", flows);
  expect(await versions()).toMatchObject(raised);
  await here.setRole(id, "admin", flows);
  expect(await versions()).toMatchObject([{ version: 2 }, { version: 2 }]);
});

test("[ASVS 7.4.2] disabling a person raises the version of cookie/sealed-versioned and memory-jwt/user-version, and enabling does not lower it", async () => {
  const { id } = await addAlice();
  await here.disable(id, ["cookie", "memory-jwt"]);
  await here.enable(id);
  expect(await versions()).toEqual([
    { flow: "cookie", version: 1 },
    { flow: "memory-jwt", version: 1 },
  ]);
});

describe("the last enabled admin", () => {
  async function addAdmins(...names: readonly string[]): Promise<readonly string[]> {
    for (const username of names) await here.add({ ...alice, username, role: "admin" });
    return (await here.list()).map(({ id }) => id);
  }
  const enabledAdmins = async () => (await here.list()).filter(({ role, disabled }) => role === "admin" && !disabled);

  test("keeps the role and stays enabled, and no version is raised", async () => {
    const [id = ""] = await addAdmins("admin");
    await elsewhere.add({ ...alice, role: "admin" });
    expect(await here.setRole(id, "user", [])).toBe(false);
    expect(await here.disable(id, ["cookie"])).toBe(false);
    expect(await enabledAdmins()).toHaveLength(1);
    expect(await versions()).toEqual([]);
  });

  test("is the one who is left when the others are disabled", async () => {
    const [first = "", second = ""] = await addAdmins("admin", "other");
    expect(await here.disable(second, [])).toBe(true);
    expect(await here.disable(first, [])).toBe(false);
    // A disabled admin is not who is left, so their role may be lowered.
    expect(await here.setRole(second, "user", [])).toBe(true);
  });

  test("is left when all admins are disabled or lowered at once", async () => {
    const ids = await addAdmins("a", "b", "c", "d");
    const changes = ids.map((id, at) => (at % 2 === 0 ? here.disable(id, ["cookie"]) : here.setRole(id, "user", [])));
    expect((await Promise.all(changes)).filter((changed) => !changed)).toHaveLength(1);
    expect(await enabledAdmins()).toHaveLength(1);
  });
});

test("another lab neither sees nor changes them", async () => {
  const person = await addAlice();
  const change = { expectedHash: "old", nextHash: "new", flows: ["cookie"] };
  expect(await elsewhere.list()).toEqual([]);
  expect(await elsewhere.find(person.id)).toBeNull();
  expect(await elsewhere.changePassword(person.id, change)).toBe(false);
  await elsewhere.setRole(person.id, "admin", ["cookie"]);
  await elsewhere.disable(person.id, ["cookie"]);
  expect(await here.find(person.id)).toEqual(person);
});

test("a transfer keeps the sum of coins, and never exceeds the balance", async () => {
  const { id } = await addAlice();
  await here.add({ ...alice, username: "bob" });
  expect(await here.transfer(id, "bob", 60)).toBe(40);
  expect(await here.transfer(id, "bob", 41)).toBe("too-few");
  expect((await here.list()).map(({ balance }) => balance)).toEqual([40, 160]);
});

test("a transfer to an unknown person or to oneself has no effect", async () => {
  const { id } = await addAlice();
  expect(await here.transfer(id, "nobody", 1)).toBe("nobody");
  expect(await here.transfer(id, "alice", 1)).toBe("nobody");
  expect(await elsewhere.transfer(id, "alice", 1)).toBe("too-few");
  expect((await here.find(id))?.balance).toBe(100);
});

test("of many transfers at once, as many succeed as there are coins", async () => {
  const { id } = await addAlice();
  await here.add({ ...alice, username: "bob" });
  const answers = await Promise.all(Array.from({ length: 8 }, () => here.transfer(id, "bob", 30)));
  expect(answers.filter((answer) => answer === "too-few")).toHaveLength(5);
  expect((await here.list()).map(({ balance }) => balance)).toEqual([10, 190]);
});
