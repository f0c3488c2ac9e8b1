import type { FlowId } from "../../core/ids.ts";
import { dataLimits, type Json, type SessionData } from "../../core/session-data.ts";
import { Prisma } from "./generated/client.ts";
import { readerOf, type SqlAccess } from "./reads.ts";

/**
 * The session data of one flow in one lab, a row a value. `set` and `remove` are one SQL statement each: Prisma's own
 * methods would first read and then write, so two calls at once would both be told that they were first.
 */
export function createPrismaSessionData(options: SqlAccess & { labId: string; flow: FlowId }): SessionData {
  const { client, labId, flow } = options;
  const { sessionDatum } = client;
  const rows = readerOf(options);
  const of = (recordId: string) => ({ labId, flow, recordId });

  return {
    async all(recordId) {
      const all = await rows<{ key: string; value: string }>(Prisma.sql`
        SELECT "key", "value" FROM "SessionDatum"
        WHERE "labId" = ${labId} AND "flow" = ${flow} AND "recordId" = ${recordId} ORDER BY "key" ASC`);
      return Object.fromEntries(all.map(({ key, value }) => [key, parsed(value)]));
    },

    async get(recordId, key) {
      const [row] = await rows<{ value: string }>(Prisma.sql`
        SELECT "value" FROM "SessionDatum"
        WHERE "labId" = ${labId} AND "flow" = ${flow} AND "recordId" = ${recordId} AND "key" = ${key}`);
      return row ? { value: parsed(row.value) } : null;
    },

    async set(recordId, key, value) {
      const written = await client.$executeRaw`
        INSERT INTO "SessionDatum" ("labId", "flow", "recordId", "key", "value")
        SELECT "labId", "flow", "id", ${key}, ${JSON.stringify(value)} FROM "LoginRecord"
        WHERE "labId" = ${labId} AND "flow" = ${flow} AND "id" = ${recordId} AND "endedAt" IS NULL
          AND (SELECT count(*) FROM "SessionDatum" WHERE "labId" = ${labId} AND "flow" = ${flow}
            AND "recordId" = ${recordId} AND "key" <> ${key}) < ${dataLimits.keys}
        ON CONFLICT ("labId", "flow", "recordId", "key") DO UPDATE SET "value" = excluded."value"`;
      if (written === 1) return "kept";
      const live = await client.loginRecord.count({ where: { labId, flow, id: recordId, endedAt: null } });
      return live === 1 ? "full" : "gone";
    },

    async remove(recordId, key) {
      const [row] = await client.$queryRaw<{ value: string }[]>`
        DELETE FROM "SessionDatum" WHERE "labId" = ${labId} AND "flow" = ${flow}
          AND "recordId" = ${recordId} AND "key" = ${key} RETURNING "value"`;
      return row ? { value: parsed(row.value) } : null;
    },

    async clear(recordId) {
      const { count } = await sessionDatum.deleteMany({ where: of(recordId) });
      return count;
    },
  };
}

function parsed(text: string): Json {
  return JSON.parse(text);
}
