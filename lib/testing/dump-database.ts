import type { TestApplication } from "./test-application.ts";

/**
 * Every row of every table, to compare before and after. The event log and the uses of logins are left out: their
 * writes are not awaited, so their rows may come later.
 */
export async function dumpDatabase({ database }: TestApplication): Promise<Readonly<Record<string, unknown>>> {
  const { client } = database;
  const tables = await client.$queryRaw<{ name: string }[]>`
    SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT IN ('AuthEvent', 'LoginUse') ORDER BY name`;
  const rows = tables.map(async ({ name }) => [name, await client.$queryRawUnsafe(`SELECT * FROM "${name}"`)] as const);
  return Object.fromEntries(await Promise.all(rows));
}
