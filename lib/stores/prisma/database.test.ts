import { afterAll, expect, test } from "vitest";
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
  const normalPatientAndStrict = [1, 5000, 1];
  expect(await pragmas()).toEqual(normalPatientAndStrict);
  await client.$transaction((inside) => inside.lab.create({ data: lab("kept") }));
  expect(await pragmas()).toEqual(normalPatientAndStrict);
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
  const other = await openDatabase(url, { busyTimeout: 10 });
  await client.$transaction(async (inside) => {
    await inside.lab.create({ data: lab("first") });
    await expect(other.client.lab.createMany({ data: [lab("locked out")] })).rejects.toThrow();
    await expect(other.client.$transaction(async () => {})).rejects.toThrow();
  });

  await other.client.lab.createMany({ data: [lab("second")] });
  await other.client.$transaction((inside) => inside.lab.create({ data: lab("third") }));
  expect(await other.client.$queryRaw`PRAGMA synchronous`).toEqual([{ synchronous: 1 }]);
  await client.lab.create({ data: lab("fourth") });
  await other.close();

  const written = await client.lab.findMany({ where: { id: { in: ["first", "locked out", "second", "third"] } } });
  expect(written.map(({ id }) => id).sort()).toEqual(["first", "second", "third"]);
});
