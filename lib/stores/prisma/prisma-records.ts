import type { FlowId } from "../../core/ids.ts";
import type { Records } from "../../core/ports.ts";
import { columns } from "./columns.ts";
import { Prisma, type LoginRecord as RecordRow } from "./generated/client.ts";
import { endColumns, recordColumns, recordOf, replacementOf } from "./login-rows.ts";
import { failedAs } from "./prisma-errors.ts";
import { readerOf, type SqlAccess } from "./reads.ts";

/**
 * The records of one flow in one lab, as rows. Each method is one statement or one transaction, so none of them sees or
 * leaves half a change, and `true` is answered to one caller only. A trigger in the database deletes the session data
 * of a record that ends, since each way to end one has to.
 */
export function createPrismaRecords(options: SqlAccess & { labId: string; flow: FlowId }): Records {
  const { labId, flow } = options;
  const { loginRecord } = options.client;
  const rows = readerOf(options);

  return {
    async add(record) {
      const adding = () => loginRecord.createMany({ data: [{ labId, flow, ...recordColumns(record) }] });
      try {
        await adding();
      } catch (error) {
        if (!failedAs(error, "taken")) throw error;
        const { key } = record;
        await options.client.$transaction([loginRecord.deleteMany({ where: { labId, flow, key } }), adding()]);
      }
    },

    async find(key) {
      const [row] = await rows<RecordRow>(Prisma.sql`
        SELECT ${columns.loginRecord} FROM "LoginRecord" WHERE "labId" = ${labId} AND "flow" = ${flow} AND "key" = ${key}`);
      return row ? recordOf(row) : null;
    },

    async touch(key, { at, idleEndsAt }) {
      const { count } = await loginRecord.updateMany({
        where: { labId, flow, key, endedAt: null },
        data: { lastSeenAt: BigInt(at), idleEndsAt: BigInt(idleEndsAt) },
      });
      return count === 1;
    },

    async end(id, why) {
      const { count } = await loginRecord.updateMany({
        where: { labId, flow, id, endedAt: null },
        data: endColumns(why),
      });
      return count === 1;
    },

    /** The transaction begins as a writer, so of several at once each sees what the one before it did. */
    replace: ({ id }, record, { keepsData }) =>
      options.client.$transaction(async (inside) => {
        const where = { labId_flow_id: { labId, flow, id } };
        const previous = await inside.loginRecord.findUnique({ where, select: { endedAt: true, endReason: true } });
        if (previous?.endedAt !== null) return replacementOf(previous);
        // Under the key of the previous one, where a lab adopts an id that was sent.
        await inside.loginRecord.deleteMany({ where: { labId, flow, key: record.key } });
        await inside.loginRecord.createMany({ data: [{ labId, flow, ...recordColumns(record) }] });
        // Before the end, since the trigger deletes what is left by then.
        if (keepsData) {
          await inside.sessionDatum.updateMany({
            where: { labId, flow, recordId: id },
            data: { recordId: record.id },
          });
        }
        const data = endColumns({ at: record.createdAt, reason: "replaced" });
        await inside.loginRecord.updateMany({ where: { labId, flow, id }, data });
        return "done";
      }),

    async endAll(userId, why, exceptId = "") {
      const { count } = await loginRecord.updateMany({
        where: { labId, flow, userId, endedAt: null, id: { not: exceptId } },
        data: endColumns(why),
      });
      return count;
    },

    async list(userId, now) {
      const live = await rows<RecordRow>(Prisma.sql`
        SELECT ${columns.loginRecord} FROM "LoginRecord" WHERE "labId" = ${labId} AND "flow" = ${flow} AND "userId" = ${userId}
          AND "endedAt" IS NULL AND "endsAt" > ${BigInt(now)} AND "idleEndsAt" > ${BigInt(now)}
        ORDER BY "createdAt" DESC, "id" ASC`);
      return live.map(recordOf);
    },

    live: (now) =>
      loginRecord.count({
        where: { labId, flow, endedAt: null, endsAt: { gt: BigInt(now) }, idleEndsAt: { gt: BigInt(now) } },
      }),

    async held(limit) {
      const newest = await rows<RecordRow>(Prisma.sql`
        SELECT ${columns.loginRecord} FROM "LoginRecord" WHERE "labId" = ${labId} AND "flow" = ${flow}
        ORDER BY "createdAt" DESC, "id" ASC LIMIT ${limit}`);
      return newest.map(recordOf);
    },

    async sweep(now) {
      const { count } = await loginRecord.deleteMany({ where: { labId, flow, endsAt: { lte: BigInt(now) } } });
      return count;
    },
  };
}
