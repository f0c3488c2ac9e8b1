import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, describe, expect, test } from "vitest";
import { openTemporaryDatabase } from "../../testing/temporary-database.ts";
import { Prisma } from "./generated/client.ts";
import { databaseFile } from "./migrate.ts";
import { openPreparedReads, throughPrisma } from "./reads.ts";
import { namesItsColumns } from "./sqlite-client.ts";

const { client, url, close } = await openTemporaryDatabase();
afterAll(close);
const slow = throughPrisma(client);
const asked: string[] = [];
const prepared = openPreparedReads(databaseFile(url), (sql) => {
  asked.push(sql.sql);
  return slow(sql);
});
afterAll(prepared.close);

const lab = { id: "a lab", salt: "salt", enabled: "[]", createdAt: 1_800_000_000_000n, expiresAt: null };
await client.lab.create({ data: lab });
const names = { username: "zo\u00E9", displayName: "Zo\u00E9" };
const person = { labId: lab.id, id: "u", ...names, role: "user", passwordHash: "x" };
await client.user.create({ data: person });

describe("a read by a prepared statement", () => {
  test.for([
    Prisma.sql`SELECT * FROM "Lab" WHERE "id" = ${lab.id}`,
    Prisma.sql`SELECT * FROM "User" WHERE "labId" = ${lab.id} AND "username" = ${"zo\u00E9"}`,
    Prisma.sql`SELECT * FROM "User" WHERE "labId" = ${"another"}`,
    Prisma.sql`SELECT "id", COALESCE(NULL, 0) AS "none", count(*) AS "count" FROM "Lab" WHERE "createdAt" > ${0n}`,
    Prisma.sql`SELECT * FROM "Lab" WHERE "createdAt" >= ${lab.createdAt} ORDER BY "id" LIMIT ${5}`,
  ])("answers what Prisma answers, value for value: %s", async (sql) => {
    const rows = await slow(sql);
    expect(await prepared.read(sql)).toEqual(rows);
    expect(asked).toEqual([]);
  });

  test("sees what was committed, and nothing of a transaction that is open", async () => {
    const balance = async () => (await prepared.read<{ balance: number }>(Prisma.sql`SELECT "balance" FROM "User"`))[0];
    await client.$transaction(async (inside) => {
      await inside.user.updateMany({ data: { balance: 7 } });
      expect(await balance()).toEqual({ balance: 100 });
    });
    expect(await balance()).toEqual({ balance: 7 });
  });

  test("that meets a lock goes through Prisma, which waits", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "loginscope-")), "locked.db");
    const other = new DatabaseSync(file);
    // Without a write-ahead log a writer keeps readers out.
    other.exec("CREATE TABLE thing (n INTEGER); BEGIN EXCLUSIVE");
    const waited: string[] = [];
    const here = openPreparedReads(file, async ({ sql }) => {
      waited.push(sql);
      return [];
    });
    const all = Prisma.sql`SELECT n FROM thing`;
    expect([await here.read(all), waited]).toEqual([[], [all.sql]]);
    other.exec("INSERT INTO thing VALUES (1); COMMIT");
    expect([await here.read(all), waited]).toEqual([[{ n: 1 }], [all.sql]]);
    here.close();
    other.close();
    rmSync(dirname(file), { recursive: true });
  });

  test("cannot write", async () => {
    await expect(prepared.read(Prisma.sql`DELETE FROM "Lab"`)).rejects.toThrow("readonly");
  });
});

test.for([2n ** 53n, 2n ** 53n + 1n, -(2n ** 62n)])(
  "both ways answer the same of a whole number that a number cannot hold: %d",
  async (many) => {
    const by = new DatabaseSync(databaseFile(url));
    by.prepare('UPDATE "User" SET "balance" = ?').run(many);
    by.close();
    const sql = Prisma.sql`SELECT "balance", "labId" FROM "User"`;
    expect(await prepared.read(sql)).toEqual(await slow(sql));
    await client.user.updateMany({ data: { balance: 100 } });
  },
);

test("a statement with a star is asked for its columns at each run, and one that names or counts them is not", () => {
  const named = ['SELECT "id" FROM "Lab"', 'SELECT count(*) FROM "Lab"', 'DELETE FROM "Lab"'];
  expect(named.map(namesItsColumns)).toEqual([true, true, true]);
  const starred = ['SELECT * FROM "Lab"', 'SELECT "Lab".*, 1 FROM "Lab"', 'SELECT count(*), * FROM "Lab"'];
  expect(starred.map(namesItsColumns)).toEqual([false, false, false]);
});

test("once another process has changed a table, each value is still read from its own column, in both ways", async () => {
  const here = await openTemporaryDatabase();
  const own = openPreparedReads(databaseFile(here.url), () => Promise.reject(new Error("not asked")));
  await here.client.lab.create({ data: lab });
  await here.client.user.create({ data: { ...person, balance: 7 } });
  const sql = Prisma.sql`SELECT "User".*, ${"last"} AS "version" FROM "User"`;
  const ways = { prisma: throughPrisma(here.client), prepared: own.read };
  const before = await ways.prisma(sql);
  expect(await ways.prepared(sql)).toEqual(before);

  const other = new DatabaseSync(databaseFile(here.url));
  other.exec(`ALTER TABLE "User" ADD COLUMN "added" TEXT DEFAULT 'new'`);
  other.close();
  for (const read of Object.values(ways)) {
    const [row] = await read<object>(sql);
    expect(row).toEqual({ ...Object(before[0]), added: "new" });
  }
  expect(await here.client.user.findMany()).toMatchObject([{ id: "u", balance: 7, role: "user" }]);
  own.close();
  await here.close();
});
