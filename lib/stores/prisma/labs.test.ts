import { afterAll, expect, test } from "vitest";
import { day, minute } from "../../core/time.ts";
import type { CookiePlace } from "../../lab/cookies/cookie-place.ts";
import type { FirstPerson, Lab } from "../../lab/lab.ts";
import { usualSettings } from "../../lab/lab-settings.ts";
import { openTemporaryDatabase } from "../../testing/temporary-database.ts";
import { winners } from "../contract.ts";
import { createPrismaLabs } from "./prisma-labs.ts";
import { createPrismaPeople } from "./prisma-people.ts";

const { client, close } = await openTemporaryDatabase();
afterAll(close);

let drawn = 0;
const random = { id: () => `id ${++drawn}` };
let now = 1000;
const labs = createPrismaLabs({
  ...{ client, clock: { now: () => now } },
  longestLife: ({ rememberedDays }) => (rememberedDays ?? 30) * day,
});
const generationsOf = (lab: Lab | null) => lab?.acceptedKeys.map(({ generation }) => generation);

const person = (username: string): FirstPerson => ({
  ...{ id: random.id(), username, displayName: username.toUpperCase(), passwordHash: `hash of ${username}` },
  role: username === "admin" ? "admin" : "user",
});
const people = ["alice", "bob", "admin"].map(person);

/** Opens a lab of its own for one test. */
async function openLab(name: string, expiresAt: number | null = null): Promise<Lab> {
  return labs.open(name, { salt: `salt of ${name}`, enabled: ["cookie/plain"], createdAt: 1000, expiresAt, people });
}

test("a lab is made once, however many requests open it at the same moment", async () => {
  const salts = Array.from({ length: 8 }, (_, index) => `salt ${index}`);
  const opened = await Promise.all(
    salts.map((salt) =>
      labs.open("parallel", { salt, enabled: ["cookie/plain"], createdAt: 1000, expiresAt: 5000, people }),
    ),
  );
  const [first] = opened;
  expect(opened).toEqual(opened.map(() => first));
  expect(await labs.find("parallel")).toEqual({
    id: "parallel",
    salt: first?.salt,
    clockOffset: 0,
    keyGeneration: 1,
    acceptedKeys: [{ generation: 1, until: null }],
    createdAt: 1000,
    enabled: ["cookie/plain"],
    settings: usualSettings,
    cookiePlaces: [],
    expiresAt: 5000,
  });
  const inLab = await createPrismaPeople({ client, labId: "parallel", random }).list();
  expect(inLab.map(({ username, role }) => [username, role])).toEqual([
    ["admin", "admin"],
    ["alice", "user"],
    ["bob", "user"],
  ]);
});

test("opening a lab again has no effect", async () => {
  const lab = await openLab("again");
  const { keyGeneration, acceptedKeys } = (await labs.rotateKeys("again", true)) ?? lab;
  expect(keyGeneration).toBe(2);
  expect(await openLab("again")).toEqual({ ...lab, keyGeneration, acceptedKeys });
  expect(await client.user.count({ where: { labId: "again" } })).toBe(3);
});

test("an unknown lab is not found, and cannot be changed", async () => {
  expect(await labs.find("unknown")).toBeNull();
  expect(await labs.advanceClock("unknown", 1, 10)).toBeNull();
  await expect(labs.rotateKeys("unknown", true)).rejects.toThrow("There is no lab unknown");
  await expect(labs.enable("unknown", "cookie/plain")).rejects.toThrow("There is no lab unknown");
});

test("the clock moves forward up to its bound, also by many moves at once", async () => {
  await openLab("clock");
  const moves = Array.from({ length: 8 }, () => labs.advanceClock("clock", 30, 100));
  expect(await winners(moves.map(async (move) => (await move) !== null))).toBe(3);
  expect((await labs.find("clock"))?.clockOffset).toBe(90);
  expect((await labs.advanceClock("clock", 10, 100))?.clockOffset).toBe(100);
  expect(await labs.advanceClock("clock", 1, 100)).toBeNull();
  await expect(labs.advanceClock("clock", -1, 100)).rejects.toThrow("only moves forward");
});

test("the clock holds offsets beyond 32 bits", async () => {
  await openLab("far");
  const year = 366 * 24 * 3600 * 1000;
  expect((await labs.advanceClock("far", year, 2 * year))?.clockOffset).toBe(year);
});

test("earlier keys stay accepted after a rotation with overlap, and not without", async () => {
  await openLab("keys");
  expect(await labs.rotateKeys("keys", true)).toMatchObject({
    keyGeneration: 2,
    acceptedKeys: [
      { generation: 1, until: 1000 + 30 * day + minute },
      { generation: 2, until: null },
    ],
  });
  expect(await labs.rotateKeys("keys", false)).toMatchObject({
    keyGeneration: 3,
    acceptedKeys: [{ generation: 3, until: null }],
  });
});

test("a key is kept as long as what it made under earlier, longer settings", async () => {
  await openLab("shortened");
  await labs.changeSettings("shortened", { rememberedDays: 90 });
  now += day;
  await labs.changeSettings("shortened", { rememberedDays: 1 });
  const ended = now + 90 * day + minute;
  now += day;
  await labs.changeSettings("shortened", { rememberedDays: 2 });
  const lab = await labs.rotateKeys("shortened", true);
  expect(lab?.acceptedKeys[0]).toEqual({ generation: 1, until: ended });
  now = 1000;
});

test("an end of a key is counted from the lab's clock at the rotation, also beside moves of it", async () => {
  await openLab("moved");
  const moves = Array.from({ length: 4 }, () => labs.advanceClock("moved", day, 10 * day));
  const [lab] = await Promise.all([labs.rotateKeys("moved", true), ...moves]);
  const { clockOffset = 0, acceptedKeys } = lab ?? {};
  expect(acceptedKeys?.[0]).toEqual({ generation: 1, until: 1000 + clockOffset + 30 * day + minute });
});

test("a row from before ends were kept still accepts its keys", async () => {
  await openLab("earlier");
  await client.lab.update({ where: { id: "earlier" }, data: { keyGeneration: 3, acceptedKeys: "[2,3]" } });
  expect(generationsOf(await labs.rotateKeys("earlier", true))).toEqual([2, 3, 4]);
  await client.lab.update({ where: { id: "earlier" }, data: { acceptedKeys: '[{"generation":4,"until":"soon"}]' } });
  await expect(labs.find("earlier")).rejects.toThrow("something else where a key generation was stored");
  await labs.remove("earlier");
});

test("of parallel rotations and enablings none is lost", async () => {
  await openLab("busy");
  const rotations = Array.from({ length: 4 }, () => labs.rotateKeys("busy", true));
  const enablings = ["a", "b", "c", "a"].map((name) => labs.enable("busy", `cookie/${name}`));
  await Promise.all([...rotations, ...enablings]);
  const lab = await labs.find("busy");
  expect([lab?.keyGeneration, generationsOf(lab)]).toEqual([5, [1, 2, 3, 4, 5]]);
  expect([...(lab?.enabled ?? [])].sort()).toEqual(["cookie/a", "cookie/b", "cookie/c", "cookie/plain"]);
});

test("removing a lab deletes all of its rows, and none of another", async () => {
  await openLab("gone");
  await openLab("stays");
  for (const labId of ["gone", "stays"]) await fill(labId);
  const full = { users: 3, versions: 1, records: 1, families: 1, tokens: 1, events: 1 };
  const empty = { users: 0, versions: 0, records: 0, families: 0, tokens: 0, events: 0 };
  expect(await countRows("gone")).toEqual(full);

  await labs.remove("gone");
  expect(await labs.find("gone")).toBeNull();
  expect(await countRows("gone")).toEqual(empty);
  expect(await countRows("stays")).toEqual(full);
  await expect(labs.remove("gone")).resolves.toBeUndefined();
});

test("sweep removes the labs that expired, never a permanent one", async () => {
  await openLab("expired", 2000);
  await openLab("expires later", 2001);
  await openLab("permanent");
  expect(await labs.sweep(2000)).toEqual(["expired"]);
  expect(await labs.find("expired")).toBeNull();
  expect(await labs.find("expires later")).not.toBeNull();
  expect(await labs.find("permanent")).not.toBeNull();
});

/** One row in each table. */
async function fill(labId: string): Promise<void> {
  const { id: userId } = await client.user.findFirstOrThrow({ where: { labId } });
  const held = {
    ...{ labId, flow: "f", id: "held", variant: "f/v", userId, userVersion: 0, remembered: false },
    ...{
      ip: "",
      userAgent: "",
      device: "",
      createdAt: 0n,
      lastSeenAt: 0n,
      authenticatedAt: 0n,
      elevatedUntil: 0n,
      endsAt: 9n,
    },
  };
  await client.userVersion.create({ data: { labId, userId, flow: "f", version: 1 } });
  await client.loginRecord.create({ data: { ...held, key: "key", idleFor: 1n, idleEndsAt: 1n } });
  const tokens = { create: { hash: "hash", jti: "jti", generation: 1, createdAt: 0n } };
  await client.refreshFamily.create({ data: { ...held, client: "browser", tokens } });
  await client.authEvent.create({ data: { labId, id: 1, at: 0n, type: "logged-in" } });
}

/** How many rows of a lab each table holds. */
async function countRows(labId: string) {
  const where = { labId };
  return {
    users: await client.user.count({ where }),
    versions: await client.userVersion.count({ where }),
    records: await client.loginRecord.count({ where }),
    families: await client.refreshFamily.count({ where }),
    tokens: await client.refreshToken.count({ where }),
    events: await client.authEvent.count({ where }),
  };
}

test("the places of cookies are kept, the last eight of each flow, also of two changes at once", async () => {
  await openLab("places");
  const at = (flow: string, path: string): CookiePlace => ({ flow, choice: { ...usualSettings.cookies, path } });
  await Promise.all([
    labs.rememberPlace("places", at("cookie", "/a")),
    labs.rememberPlace("places", at("hybrid", "/b")),
  ]);
  for (let n = 1; n <= 9; n += 1) await labs.rememberPlace("places", at("cookie", `/${n}`));
  // Set again: it is the last one from now on.
  await labs.rememberPlace("places", at("cookie", "/2"));
  const { cookiePlaces = [] } = (await labs.find("places")) ?? {};
  const paths = (of: string) => cookiePlaces.filter(({ flow }) => flow === of).map(({ choice }) => choice.path);
  expect(paths("cookie")).toEqual(["/3", "/4", "/5", "/6", "/7", "/8", "/9", "/2"]);
  expect(paths("hybrid")).toEqual(["/b"]);
});
