import { afterAll, expect, test } from "vitest";
import { StoreUnavailable } from "../../core/store-unavailable.ts";
import { openTemporaryDatabase } from "../../testing/temporary-database.ts";
import { openDatabase } from "./database.ts";

const { client, url, close } = await openTemporaryDatabase();
afterAll(close);

const lab = (id: string) => ({ id, salt: "salt", enabled: "[]", createdAt: 0n });

async function pragmas() {
  const [{ synchronous }] = await client.$queryRaw<[{ synchronous: number }]>`PRAGMA synchronous`;
  const [{ timeout }] = await client.$queryRaw<[{ timeout: number }]>`PRAGMA busy_timeout`;
  const [{ foreign_keys }] = await client.$queryRaw<[{ foreign_keys: number }]>`PRAGMA foreign_keys`;
  return [synchronous, timeout, foreign_keys].map(Number);
}

test("the connection is set up for a server, and a transaction does not change that", async () => {
  // No busy timeout: SQLite would wait without letting go of the event loop.
  const normalPromptAndStrict = [1, 0, 1];
  expect(await pragmas()).toEqual(normalPromptAndStrict);
  await client.$transaction((inside) => inside.lab.create({ data: lab("kept") }));
  expect(await pragmas()).toEqual(normalPromptAndStrict);
});

test("a statement during a transaction waits, and is not rolled back with it", async () => {
  let outside: Promise<unknown> | undefined;
  const failing = client.$transaction(async (inside) => {
    await inside.lab.create({ data: lab("inside") });
    outside = client.lab.createMany({ data: [lab("outside")] }).then();
    await new Promise((resolve) => setTimeout(resolve, 20));
    throw new Error("rolled back on purpose");
  });
  await expect(failing).rejects.toThrow("rolled back on purpose");
  await outside;
  expect(await client.lab.findUnique({ where: { id: "inside" } })).toBeNull();
  expect(await client.lab.findUnique({ where: { id: "outside" } })).not.toBeNull();
});

test("after a lock timeout the database is used again, and later writes are kept", async () => {
  const other = await openDatabase(url, { patience: 10 });
  await client.$transaction(async (inside) => {
    await inside.lab.create({ data: lab("first") });
    const write = () => other.client.lab.createMany({ data: [lab("locked out")] }).then();
    for (const refused of [write, () => other.client.$transaction(async () => {})])
      await expect(refused()).rejects.toThrow(StoreUnavailable);
  });

  await other.client.lab.createMany({ data: [lab("second")] });
  await other.client.$transaction((inside) => inside.lab.create({ data: lab("third") }));
  expect(await other.client.$queryRaw`PRAGMA synchronous`).toEqual([{ synchronous: 1 }]);
  await client.lab.create({ data: lab("fourth") });
  await other.close();

  const written = await client.lab.findMany({ where: { id: { in: ["first", "locked out", "second", "third"] } } });
  expect(written.map(({ id }) => id).sort()).toEqual(["first", "second", "third"]);
});

test("a lock that another process holds stops nothing else: timers run, reads are answered, and the write comes after it", async () => {
  const other = await openDatabase(url);
  let ticks = 0;
  const ticking = setInterval(() => {
    ticks += 1;
  }, 10);
  let written: Promise<unknown> | undefined;
  await client.$transaction(async (inside) => {
    await inside.lab.create({ data: lab("holder") });
    written = other.client.lab.createMany({ data: [lab("waited")] }).then();
    const began = performance.now();
    expect(await other.client.lab.findUnique({ where: { id: "holder" } })).toBeNull();
    expect(performance.now() - began).toBeLessThan(200);
    await new Promise((resolve) => setTimeout(resolve, 400));
  });
  clearInterval(ticking);
  await written;
  expect(ticks).toBeGreaterThan(10);
  expect(await client.lab.findUnique({ where: { id: "waited" } })).not.toBeNull();
  await other.close();
});
