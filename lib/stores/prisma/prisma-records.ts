import type { FlowId } from "../../core/ids.ts";
import type { Records } from "../../core/ports.ts";
import type { PrismaClient } from "./generated/client.ts";
import { endColumns, recordColumns, recordOf } from "./login-rows.ts";
import { failedAs } from "./prisma-errors.ts";

/**
 * The records of one flow in one lab, as rows. Each method is one statement or one transaction, so none of them sees or
 * leaves half a change, and `true` is answered to one caller only. A trigger in the database deletes the session data
 * of a record that ends, since each way to end one has to.
 */
export function createPrismaRecords(options: { client: PrismaClient; labId: string; flow: FlowId }): Records {
  const { labId, flow } = options;
  const { loginRecord, sessionDatum } = options.client;

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
      const row = await loginRecord.findUnique({ where: { labId_flow_key: { labId, flow, key } } });
      return row && recordOf(row);
    },

    async touch(key, { at, idleEndsAt }) {
      const { count } = await loginRecord.updateMany({
        where: { labId, flow, key, endedAt: null },
        data: { lastSeenAt: BigInt(at), idleEndsAt: BigInt(idleEndsAt) },
      });
      return count === 1;
    },

    async end(id, why, { replacementId } = {}) {
      const live = { labId, flow, id, endedAt: null };
      const ending = loginRecord.updateMany({ where: live, data: endColumns(why) });
      if (replacementId === undefined) return (await ending).count === 1;
      const moving = sessionDatum.updateMany({
        where: { labId, flow, recordId: id, record: { endedAt: null } },
        data: { recordId: replacementId },
      });
      const [, { count }] = await options.client.$transaction([moving, ending]);
      return count === 1;
    },

    async endAll(userId, why, exceptId = "") {
      const { count } = await loginRecord.updateMany({
        where: { labId, flow, userId, endedAt: null, id: { not: exceptId } },
        data: endColumns(why),
      });
      return count;
    },

    async list(userId, now) {
      const rows = await loginRecord.findMany({
        where: { labId, flow, userId, endedAt: null, endsAt: { gt: BigInt(now) }, idleEndsAt: { gt: BigInt(now) } },
        orderBy: [{ createdAt: "desc" }, { id: "asc" }],
      });
      return rows.map(recordOf);
    },

    live: (now) =>
      loginRecord.count({
        where: { labId, flow, endedAt: null, endsAt: { gt: BigInt(now) }, idleEndsAt: { gt: BigInt(now) } },
      }),

    async held(limit) {
      const rows = await loginRecord.findMany({
        where: { labId, flow },
        orderBy: [{ createdAt: "desc" }, { id: "asc" }],
        take: limit,
      });
      return rows.map(recordOf);
    },

    async sweep(now) {
      const { count } = await loginRecord.deleteMany({ where: { labId, flow, endsAt: { lte: BigInt(now) } } });
      return count;
    },
  };
}
