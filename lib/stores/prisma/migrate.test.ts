import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openDatabase } from "./database.ts";
import { migrate } from "./migrate.ts";

const standard = join("prisma", "migrations");
const names = (await readdir(standard, { withFileTypes: true }))
  .filter((entry) => entry.isDirectory())
  .map((e) => e.name);

let folder: string;
let url: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "loginscope-"));
  url = `file:${join(folder, "a", "new", "folder", "test.db")}`;
});
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

/** What a query answers in the migrated database. */
async function ask<T>(sql: string): Promise<T> {
  const { client, close } = await openDatabase(url);
  return client.$queryRawUnsafe<T>(sql).finally(close);
}

test("a new database gets its folder, its file and every migration; a second run applies none", async () => {
  expect(await migrate(url)).toEqual(names);
  expect(await migrate(url)).toEqual([]);
  expect(await ask("PRAGMA journal_mode")).toEqual([{ journal_mode: "wal" }]);
});

test("_prisma_migrations is as Prisma's own command would leave it", async () => {
  await migrate(url);
  const rows = await ask<{ migration_name: string }[]>("SELECT * FROM _prisma_migrations");
  expect(rows.map((row) => row.migration_name).sort()).toEqual(names);
  for (const row of rows) {
    const sql = await readFile(join(standard, row.migration_name, "migration.sql"));
    expect(row).toMatchObject({
      checksum: createHash("sha256").update(sql).digest("hex"),
      finished_at: expect.any(Date),
      rolled_back_at: null,
      logs: null,
      applied_steps_count: 1,
    });
  }
});

test("a login from before records said until when it is elevated is elevated as long as it was", async () => {
  const before = join(folder, "before");
  await cp(standard, before, { recursive: true, filter: (path) => !path.includes("_elevated_until") });
  await migrate(url, before);
  const { client, close } = await openDatabase(url);
  await client.lab.create({ data: { id: "l", salt: "s", enabled: "[]", createdAt: 0n } });
  const person = { labId: "l", id: "alice", username: "alice", displayName: "Alice", role: "user", passwordHash: "" };
  await client.user.create({ data: person });
  const columns = `"labId","flow","id","variant","userId","userVersion","createdAt","lastSeenAt","authenticatedAt","endsAt"`;
  const values = "'l','f','r','f/v','alice',0,1000,1000,1000,9000";
  const more = `"remembered","ip","userAgent","device"`;
  await client.$executeRawUnsafe(
    `INSERT INTO "LoginRecord" (${columns},"key","idleFor","idleEndsAt",${more}) VALUES (${values},'k',1,9000,0,'','','')`,
  );
  await client.$executeRawUnsafe(
    `INSERT INTO "RefreshFamily" (${columns},"client",${more}) VALUES (${values},'browser',0,'','','')`,
  );
  await close();
  expect(await migrate(url)).toEqual(["20261129140000_elevated_until"]);
  for (const table of ["LoginRecord", "RefreshFamily"])
    expect(await ask(`SELECT "elevatedUntil" FROM "${table}"`)).toEqual([{ elevatedUntil: 301_000n }]);
});

test("a migration waits for a process that is writing", async () => {
  await migrate(url);
  const { client, close } = await openDatabase(url);
  let migrated: Promise<readonly string[]> | undefined;
  await client.$transaction(async (inside) => {
    await inside.lab.create({ data: { id: "l", salt: "s", enabled: "[]", createdAt: 0n } });
    migrated = migrate(url);
    await new Promise((resolve) => setTimeout(resolve, 100));
  });
  expect(await migrated).toEqual([]);
  await close();
});

test("two processes that migrate at once take turns", async () => {
  const program = `
    const { migrate } = await import("./lib/stores/prisma/migrate.ts");
    console.log(JSON.stringify(await migrate(${JSON.stringify(url)})));`;
  const run = () => promisify(execFile)(process.execPath, ["--input-type=module", "--eval", program]);
  const applied = await Promise.all([run(), run()]);
  expect(applied.flatMap(({ stdout }) => JSON.parse(stdout))).toEqual(names);
});

test("a failed migration leaves the database as it was, and can be repeated", async () => {
  const migrations = join(folder, "migrations");
  const broken = join(migrations, "99990101000000_broken");
  await cp(standard, migrations, { recursive: true });
  await migrate(url, migrations);
  await mkdir(broken);
  await writeFile(join(broken, "migration.sql"), "CREATE TABLE Half (id TEXT);\nCREATE NONSENSE;");

  await expect(migrate(url, migrations)).rejects.toThrow();
  expect(await ask("SELECT name FROM sqlite_schema WHERE name = 'Half'")).toEqual([]);
  expect(await migrate(url)).toEqual([]);

  await writeFile(join(broken, "migration.sql"), "CREATE TABLE Half (id TEXT);");
  expect(await migrate(url, migrations)).toEqual(["99990101000000_broken"]);
});

test("a migration that makes a table anew does not cascade to its children", async () => {
  const migrations = join(folder, "migrations");
  await cp(standard, migrations, { recursive: true });
  await migrate(url, migrations);
  const { client, close } = await openDatabase(url);
  await client.lab.create({ data: { id: "l", salt: "s", enabled: "[]", createdAt: 0n } });
  await client.authEvent.create({ data: { labId: "l", id: 1, at: 0n, type: "logged-in" } });
  await close();

  await mkdir(join(migrations, "99990101000000_anew"));
  await writeFile(
    join(migrations, "99990101000000_anew", "migration.sql"),
    `PRAGMA defer_foreign_keys=ON;
    PRAGMA foreign_keys=OFF;
    CREATE TABLE new_Lab AS SELECT * FROM Lab;
    DROP TABLE Lab;
    ALTER TABLE new_Lab RENAME TO Lab;
    PRAGMA foreign_keys=ON;
    PRAGMA defer_foreign_keys=OFF;`,
  );
  await migrate(url, migrations);
  expect(await ask("SELECT type FROM AuthEvent")).toEqual([{ type: "logged-in" }]);
});

test("events from before their ids counted within a lab keep their order, and count from 1 in each", async () => {
  const earlier = join(folder, "earlier");
  for (const name of names.filter((each) => each < "20261129133500")) {
    await cp(join(standard, name), join(earlier, name), { recursive: true });
  }
  await cp(join(standard, "migration_lock.toml"), join(earlier, "migration_lock.toml"));
  await migrate(url, earlier);
  const { client, close } = await openDatabase(url);
  for (const id of ["a", "b"]) {
    await client.$executeRawUnsafe(`INSERT INTO Lab (id, salt, enabled, createdAt) VALUES ('${id}', 's', '[]', 0)`);
  }
  const rows = ["a", "b", "a", "b", "b"].map((labId, at) => `('${labId}', ${at}, 'logged-in')`);
  await client.$executeRawUnsafe(`INSERT INTO AuthEvent (labId, at, type) VALUES ${rows.join()}`);
  await close();

  await migrate(url);
  const numbered = await ask<{ labId: string; id: number; at: bigint }[]>(
    "SELECT labId, id, at FROM AuthEvent ORDER BY labId, id",
  );
  expect(numbered.map(({ labId, id, at }) => [labId, Number(id), Number(at)])).toEqual([
    ["a", 1, 0],
    ["a", 2, 2],
    ["b", 1, 1],
    ["b", 2, 3],
    ["b", 3, 4],
  ]);
});

test("a URL that is no file is refused, without repeating it, since it may hold a token", async () => {
  const remote = migrate("libsql://example.com?authToken=secret");
  await expect(remote).rejects.toThrow("The database must be a file");
  await expect(remote).rejects.not.toThrow("secret");
});

test("a file that is no database is refused at once", async () => {
  await writeFile(join(folder, "text"), "This is not a database. ".repeat(100));
  await expect(migrate(`file:${join(folder, "text")}`)).rejects.toThrow("file is not a database");
});
