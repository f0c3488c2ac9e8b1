import type { FlowId } from "../../core/ids.ts";
import type { RefreshFamilies } from "../../core/ports.ts";
import type { RefreshFamily, RefreshToken } from "../../core/record.ts";
import type { PrismaClient, RefreshToken as TokenRow } from "./generated/client.ts";
import { endColumns, familyColumns, familyOf, replacementOf, tokenColumns, tokenOf } from "./login-rows.ts";
import { rotate } from "./rotate.ts";

/** The refresh tokens of one flow in one lab, as rows: families, and the hashes of their tokens. */
export function createPrismaRefreshFamilies(options: {
  client: PrismaClient;
  labId: string;
  flow: FlowId;
}): RefreshFamilies {
  const { client, labId, flow } = options;
  const { refreshFamily, refreshToken } = client;

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
      const token = await refreshToken.findFirst({ where: { labId, flow, hash, ...wasGiven(hash) } });
      if (!token) return null;
      // Two queries and no `include`, which throws if a sweep deletes both rows between its two queries.
      const family = await refreshFamily.findUnique({ where: { labId_flow_id: { labId, flow, id: token.familyId } } });
      return family && { token: tokenOf(token), family: familyOf(family) };
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
      const rows = await refreshFamily.findMany({
        where: { labId, flow, userId, endedAt: null, endsAt: { gt: BigInt(now) } },
        orderBy: [{ createdAt: "desc" }, { id: "asc" }],
      });
      return rows.map(familyOf);
    },

    live: (now) => refreshFamily.count({ where: { labId, flow, endedAt: null, endsAt: { gt: BigInt(now) } } }),

    async held(limit) {
      const rows = await refreshFamily.findMany({
        where: { labId, flow },
        orderBy: [{ createdAt: "desc" }, { id: "asc" }],
        take: limit,
        include: { tokens: { orderBy: { generation: "asc" } } },
      });
      return rows.map((row) => ({ ...familyOf(row), tokens: given(row.tokens).map(tokenOf) }));
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
function wasGiven(hash: string) {
  return { OR: [{ generation: 1 }, { family: { tokens: { some: { replacedBy: hash } } } }] };
}

/** The same, for all tokens of a family. */
function given(tokens: readonly TokenRow[]): readonly TokenRow[] {
  const successors = new Set(tokens.map((token) => token.replacedBy));
  return tokens.filter((token) => token.generation === 1 || successors.has(token.hash));
}
