import type { FlowId } from "../../core/ids.ts";
import type { Denylist } from "../../core/ports.ts";
import { Prisma } from "./generated/client.ts";
import { failedAs } from "./prisma-errors.ts";
import { readerOf, type SqlAccess } from "./reads.ts";

/** The denied tokens of one flow in one lab, as rows. Each method is one statement. */
export function createPrismaDenylist(options: SqlAccess & { labId: string; flow: FlowId }): Denylist {
  const { labId, flow } = options;
  const { deniedToken } = options.client;
  const rows = readerOf(options);

  return {
    async add(jti, until) {
      try {
        await deniedToken.upsert({
          where: { labId_flow_jti: { labId, flow, jti } },
          create: { labId, flow, jti, until: BigInt(until) },
          update: { until: BigInt(until) },
        });
      } catch (error) {
        // The lab was deleted, and its keys with it: its tokens no longer verify.
        if (!failedAs(error, "dangling")) throw error;
      }
    },

    async has(jti) {
      const found = await rows(Prisma.sql`
        SELECT 1 FROM "DeniedToken" WHERE "labId" = ${labId} AND "flow" = ${flow} AND "jti" = ${jti}`);
      return found.length > 0;
    },

    async sweep(now) {
      const { count } = await deniedToken.deleteMany({ where: { labId, flow, until: { lte: BigInt(now) } } });
      return count;
    },

    count: () => deniedToken.count({ where: { labId, flow } }),
  };
}
