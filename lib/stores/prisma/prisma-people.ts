import type { FlowId } from "../../core/ids.ts";
import type { Random } from "../../core/ports.ts";
import { isSameName, nameAsKept } from "../../core/text/person-name.ts";
import type { UserId } from "../../core/user.ts";
import type { People } from "../../lab/lab.ts";
import { columns } from "./columns.ts";
import { Prisma, type User as UserRow } from "./generated/client.ts";
import { personColumns, personOf } from "./person-rows.ts";
import { failedAs } from "./prisma-errors.ts";
import { readerOf, type SqlAccess } from "./reads.ts";

/** The people of one lab. A change to a person of another lab has no effect. */
export function createPrismaPeople(options: SqlAccess & { labId: string; random: Random }): People {
  const { client, labId, random } = options;
  const rows = readerOf(options);

  async function change(id: UserId, data: { disabled: boolean }): Promise<void> {
    await client.user.updateMany({ where: { labId, id }, data });
  }

  async function raiseVersions(inside: Prisma.TransactionClient, userId: UserId, flows: readonly FlowId[]) {
    for (const flow of flows) {
      await inside.userVersion.upsert({
        where: { labId_userId_flow: { labId, userId, flow } },
        create: { labId, userId, flow, version: 1 },
        update: { version: { increment: 1 } },
      });
    }
  }

  /**
   * A change after which the person is no enabled admin. False, and nothing changes, where no other one would be left.
   * The first statement writes to every enabled admin: two admins who disable each other at once wait here, and the
   * second one sees what the first one left.
   */
  function demote(id: UserId, data: { role: "user" } | { disabled: true }, flows: readonly FlowId[]): Promise<boolean> {
    return client.$transaction(async (inside) => {
      const admins = await inside.user.updateManyAndReturn({
        where: { labId, role: "admin", disabled: false },
        data: { disabled: false },
        select: { id: true },
      });
      if (admins.length === 1 && admins[0]?.id === id) return false;
      const { count } = await inside.user.updateMany({ where: { labId, id }, data });
      if (count === 1) await raiseVersions(inside, id, flows);
      return true;
    });
  }

  return {
    async list() {
      const all = await rows<UserRow>(
        Prisma.sql`SELECT ${columns.user} FROM "User" WHERE "labId" = ${labId} ORDER BY "username" ASC`,
      );
      return all.map(personOf);
    },

    async find(id) {
      const [row] = await rows<UserRow>(
        Prisma.sql`SELECT ${columns.user} FROM "User" WHERE "labId" = ${labId} AND "id" = ${id}`,
      );
      return row ? personOf(row) : null;
    },

    async named(username) {
      const found = await rows<UserRow>(Prisma.sql`
        SELECT ${columns.user} FROM "User" WHERE "labId" = ${labId} AND "username" IN (${username}, ${nameAsKept(username)})`);
      const row = found.find((each) => each.username === username) ?? found[0];
      return row ? personOf(row) : null;
    },

    async add(person) {
      const data = personColumns(person, labId, random.id());
      const others = await client.user.findMany({ where: { labId }, select: { username: true } });
      const taken = others.find(({ username }) => isSameName(username, data.username));
      if (taken) return taken.username;
      try {
        await client.user.create({ data });
        return null;
      } catch (error) {
        // By another call, in between.
        if (failedAs(error, "taken")) return data.username;
        throw error;
      }
    },

    /** The person's row and their version in each of the flows, together or not at all. */
    changePassword: (id, { expectedHash, nextHash, flows }) =>
      client.$transaction(async (inside) => {
        const changed = await inside.user.updateMany({
          where: { labId, id, passwordHash: expectedHash },
          data: { passwordHash: nextHash },
        });
        if (changed.count !== 1) return false;
        await raiseVersions(inside, id, flows);
        return true;
      }),

    /** Both halves in one transaction, each conditional: no coin is made, lost or spent twice. */
    async transfer(from, toUsername, amount) {
      const move = client.$transaction(async (inside) => {
        const given = await inside.user.updateManyAndReturn({
          where: { labId, id: from, balance: { gte: amount } },
          data: { balance: { decrement: amount } },
        });
        if (!given[0]) return "too-few";
        const taken = await inside.user.updateMany({
          where: { labId, username: toUsername, id: { not: from } },
          data: { balance: { increment: amount } },
        });
        if (taken.count !== 1) throw new NoRecipient();
        return given[0].balance;
      });
      return move.catch((error: unknown) => {
        if (error instanceof NoRecipient) return "nobody";
        throw error;
      });
    },
    async setRole(id, role, flows) {
      if (role === "user") return demote(id, { role }, []);
      await client.$transaction(async (inside) => {
        const { count } = await inside.user.updateMany({ where: { labId, id, role: { not: role } }, data: { role } });
        if (count === 1) await raiseVersions(inside, id, flows);
      });
      return true;
    },
    disable: (id, flows) => demote(id, { disabled: true }, flows),
    enable: (id) => change(id, { disabled: false }),
  };
}

/** Rolls the transaction back: there is no recipient of that name. */
class NoRecipient extends Error {}
