import type { FlowId } from "../../core/ids.ts";
import type { RefreshFamilies } from "../../core/ports.ts";
import type { RefreshFamily, RefreshToken } from "../../core/record.ts";
import { columns } from "./columns.ts";
import { type RefreshFamily as FamilyRow, Prisma, type RefreshToken as TokenRow } from "./generated/client.ts";
import { endColumns, familyColumns, familyOf, replacementOf, tokenColumns, tokenOf } from "./login-rows.ts";
import { readerOf, type SqlAccess } from "./reads.ts";
import { rotate } from "./rotate.ts";

type TokenColumns = Pick<TokenRow, "hash" | "jti" | "generation" | "usedAt"> & { readonly tokenCreatedAt: bigint };

/** The refresh tokens of one flow in one lab, as rows: families, and the hashes of their tokens. */
export function createPrismaRefreshFamilies(options: SqlAccess & { labId: string; flow: FlowId }): RefreshFamilies {
  const { client, labId, flow } = options;
  const { refreshFamily } = client;
  const rows = readerOf(options);

  const rowsOf = (family: RefreshFamily, first: RefreshToken) => ({
    data: { labId, flow, ...familyColumns(family), tokens: { create: tokenColumns(first) } },
    select: { id: true },
  });

  return {
    async start(family, first) {
      await refreshFamily.create(rowsOf(family, first));
    },

    /** The transaction begins as a writer, so of several at once each sees what the one before it did. */
    replace: (previousId, family, first) =>
      client.$transaction(async (inside) => {
        const where = { labId_flow_id: { labId, flow, id: previousId } };
        const previous = await inside.refreshFamily.findUnique({ where, select: { endedAt: true, endReason: true } });
        if (previous?.endedAt !== null) return replacementOf(previous);
        await inside.refreshFamily.create(rowsOf(family, first));
        const data = endColumns({ at: family.createdAt, reason: "replaced" });
        await inside.refreshFamily.update({ where, data, select: { id: true } });
        return "done";
      }),

    async find(hash) {
      const [row] = await rows<FamilyRow & TokenColumns>(Prisma.sql`
        SELECT ${columns.refreshFamily}, token."hash", token."jti", token."generation",
          token."createdAt" AS "tokenCreatedAt", token."usedAt"
        FROM "RefreshToken" AS token JOIN "RefreshFamily" ON "RefreshFamily"."labId" = token."labId"
          AND "RefreshFamily"."flow" = token."flow" AND "RefreshFamily"."id" = token."familyId"
        WHERE token."labId" = ${labId} AND token."flow" = ${flow} AND token."hash" = ${hash} AND ${wasGiven}`);
      if (!row) return null;
      const token = tokenOf({ ...row, familyId: row.id, createdAt: row.tokenCreatedAt });
      return { token, family: familyOf(row) };
    },

    rotate: (hash, successor, at) => rotate({ client, labId, flow }, hash, successor, at),

    async end(id, why) {
      const { count } = await refreshFamily.updateMany({
        where: { labId, flow, id, endedAt: null },
        data: endColumns(why),
      });
      return count === 1;
    },

    async endAll(userId, why, exceptId = "") {
      const { count } = await refreshFamily.updateMany({
        where: { labId, flow, userId, endedAt: null, id: { not: exceptId } },
        data: endColumns(why),
      });
      return count;
    },

    async list(userId, now) {
      const live = await rows<FamilyRow>(Prisma.sql`
        SELECT ${columns.refreshFamily} FROM "RefreshFamily" WHERE "labId" = ${labId} AND "flow" = ${flow} AND "userId" = ${userId}
          AND "endedAt" IS NULL AND "endsAt" > ${BigInt(now)}
        ORDER BY "createdAt" DESC, "id" ASC`);
      return live.map(familyOf);
    },

    live: (now) => refreshFamily.count({ where: { labId, flow, endedAt: null, endsAt: { gt: BigInt(now) } } }),

    async held(limit) {
      const newest = await refreshFamily.findMany({
        where: { labId, flow },
        orderBy: [{ createdAt: "desc" }, { id: "asc" }],
        take: limit,
        include: { tokens: { orderBy: { generation: "asc" } } },
      });
      return newest.map((row) => ({ ...familyOf(row), tokens: given(row.tokens).map(tokenOf) }));
    },

    async sweep(now) {
      const { count } = await refreshFamily.deleteMany({ where: { labId, flow, endsAt: { lte: BigInt(now) } } });
      return count;
    },
  };
}

/**
 * A prepared successor, whose token is not exchanged yet (see rotate.ts), was given to no client, so it is not found.
 */
const wasGiven = Prisma.sql`(token."generation" = 1 OR EXISTS (
  SELECT 1 FROM "RefreshToken" AS used WHERE used."labId" = token."labId" AND used."flow" = token."flow"
    AND used."familyId" = token."familyId" AND used."replacedBy" = token."hash"))`;

/** The same, for all tokens of a family. */
function given(tokens: readonly TokenRow[]): readonly TokenRow[] {
  const successors = new Set(tokens.map((token) => token.replacedBy));
  return tokens.filter((token) => token.generation === 1 || successors.has(token.hash));
}
