import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { minute } from "../../core/time.ts";
import { openTemporaryDatabase } from "../../testing/temporary-database.ts";
import { beyondBounds, createPrismaLoginUses, type NotedUse, useBounds } from "./prisma-login-uses.ts";

const { client, close } = await openTemporaryDatabase();
afterAll(close);

const failed = vi.fn();
const uses = createPrismaLoginUses({ client, failed });

beforeEach(async () => {
  await uses.flush();
  await client.lab.deleteMany();
  await client.lab.create({ data: { id: "here", salt: "salt", enabled: "[]", createdAt: 0n } });
});

let drawn = 0;
/** A new login for each test, since what was written lately is remembered. */
const login = () => `record ${++drawn}`;
const use = (recordId: string, change: Partial<NotedUse> = {}): NotedUse => ({
  ...{ labId: "here", recordId, token: "t1", kind: "access", ip: "192.0.2.1", device: "Firefox", at: 1000 },
  ...change,
});

test("uses of a token at one place are one row, with the first and the last time", async () => {
  const recordId = login();
  for (const at of [1000, 2000, 1000 + minute]) uses.note(use(recordId, { at }));
  expect(await uses.of("here", [recordId])).toEqual([
    expect.objectContaining({ token: "t1", firstAt: 1000, lastAt: 1000 + minute }),
  ]);
  uses.note(use(recordId, { at: 1000 + 2 * minute }));
  expect(await uses.of("here", [recordId])).toEqual([
    expect.objectContaining({ firstAt: 1000, lastAt: 1000 + 2 * minute }),
  ]);
});

test("another token, another address and another device are rows of their own, the newest first", async () => {
  const recordId = login();
  const changes = [{}, { token: "t2" }, { ip: "198.51.100.7" }, { device: "Chrome" }];
  for (const [at, change] of changes.entries()) uses.note(use(recordId, { ...change, at }));
  const told = await uses.of("here", [recordId]);
  expect(told.map(({ token, ip, device }) => [token, ip, device])).toEqual([
    ["t1", "192.0.2.1", "Chrome"],
    ["t1", "198.51.100.7", "Firefox"],
    ["t2", "192.0.2.1", "Firefox"],
    ["t1", "192.0.2.1", "Firefox"],
  ]);
});

test("an owner whose token changes a hundred times does not push out a thief who came once", async () => {
  const recordId = login();
  uses.note(use(recordId, { ip: "198.51.100.7" }));
  for (let at = 0; at < 100; at += 1) uses.note(use(recordId, { token: `t${at}`, at: 2000 + at }));
  const told = await uses.of("here", [recordId]);
  expect(told).toHaveLength(useBounds.tokens + 1);
  expect(told.at(-1)).toMatchObject({ ip: "198.51.100.7" });
});

test("of a login the newest places stay, and of each of them the newest tokens", () => {
  const rows = Array.from({ length: 300 }, (_, at) => ({ ip: `192.0.2.${at % 15}`, device: "Firefox" }));
  const gone = new Set(beyondBounds(rows));
  const kept = rows.filter((row) => !gone.has(row));
  expect(kept).toHaveLength(useBounds.places * useBounds.tokens);
  expect(kept[0]).toBe(rows[0]);
  expect(new Set(kept.map(({ ip }) => ip)).size).toBe(useBounds.places);
});

test("what is noted is written without anybody asking for it", async () => {
  vi.useFakeTimers();
  const recordId = login();
  try {
    uses.note(use(recordId));
    vi.advanceTimersByTime(2000);
  } finally {
    vi.useRealTimers();
  }
  await expect.poll(() => client.loginUse.count({ where: { recordId } })).toBe(1);
});

test("uses in a lab that was deleted meanwhile are forgotten, and that is no fault", async () => {
  const recordId = login();
  uses.note(use(recordId));
  uses.note(use(recordId, { labId: "gone" }));
  expect(await uses.of("gone", [recordId])).toEqual([]);
  expect(await uses.of("here", [recordId])).toHaveLength(1);
  await client.lab.deleteMany();
  expect(await client.loginUse.count()).toBe(0);
  expect(failed).not.toHaveBeenCalled();
});

test("another lab's uses are not told, though the login has the same id", async () => {
  const recordId = login();
  uses.note(use(recordId));
  expect(await uses.of("elsewhere", [recordId])).toEqual([]);
});

test("a sweep deletes uses from before that time", async () => {
  const recordId = login();
  uses.note(use(recordId, { at: 1000 }));
  uses.note(use(recordId, { token: "t2", at: 9000 }));
  await uses.flush();
  await uses.sweep(5000);
  expect((await uses.of("here", [recordId])).map(({ token }) => token)).toEqual(["t2"]);
});
