import type { FlowId } from "../../core/ids.ts";
import type { Users } from "../../core/ports.ts";
import { nameAsKept } from "../../core/text/person-name.ts";
import { columns } from "./columns.ts";
import { Prisma, type User as UserRow } from "./generated/client.ts";
import { userOf } from "./person-rows.ts";
import { failedAs } from "./prisma-errors.ts";
import { readerOf, type SqlAccess } from "./reads.ts";

type PrismaUsersOptions = SqlAccess & {
  readonly labId: string;
  readonly flow: FlowId;
  /** `null` for a person who does not exist: does the same work and answers false. */
  readonly passwords: {
    verify(hash: string | null, password: string): Promise<boolean>;
    /** A new hash of a password that was just verified, if the stored one is outdated; else `null`. */
    renew(hash: string, password: string): Promise<string | null>;
  };
};

type PersonOfFlow = UserRow & { readonly version: number };

/** The people of one lab, as one flow sees them: with this flow's version. */
export function createPrismaUsers({ client, read, labId, flow, passwords }: PrismaUsersOptions): Users {
  const rows = readerOf({ client, read });

  /**
   * In one statement, so that a version never belongs to another moment than its password: a login that is opened
   * while the password is changed has the earlier version, and is over at once.
   */
  const people = (which: Prisma.Sql) =>
    rows<PersonOfFlow>(Prisma.sql`
      SELECT ${columns.user}, COALESCE("UserVersion"."version", 0) AS "version"
      FROM "User" LEFT JOIN "UserVersion" ON "UserVersion"."labId" = "User"."labId"
        AND "UserVersion"."userId" = "User"."id" AND "UserVersion"."flow" = ${flow}
      WHERE "User"."labId" = ${labId} AND ${which}`);

  async function one(which: Prisma.Sql) {
    const [row] = await people(which);
    return row ? userOf(row, row.version) : null;
  }

  return {
    async verify({ username, password }) {
      // As it was typed, or in the form in which names are kept now.
      const found = await people(Prisma.sql`"User"."username" IN (${username}, ${nameAsKept(username)})`);
      const row = found.find((each) => each.username === username) ?? found[0];
      // Always hashes: the time taken tells neither who exists nor who is disabled.
      const right = await passwords.verify(row?.passwordHash ?? null, password);
      if (!row || !right || row.disabled) return null;
      const renewed = await passwords.renew(row.passwordHash, password);
      // The password is the same, so no version is raised. If it was changed meanwhile, the newer hash stays.
      if (renewed !== null) {
        const { id, passwordHash } = row;
        await client.user.updateMany({ where: { labId, id, passwordHash }, data: { passwordHash: renewed } });
      }
      return userOf(row, row.version);
    },

    find: (id) => one(Prisma.sql`"User"."id" = ${id}`),
    findByName: (username) => one(Prisma.sql`"User"."username" = ${username}`),

    async raiseVersion(userId) {
      try {
        await client.userVersion.upsert({
          where: { labId_userId_flow: { labId, userId, flow } },
          create: { labId, userId, flow, version: 1 },
          update: { version: { increment: 1 } },
        });
      } catch (error) {
        // The person is not of this lab, so no credential was issued to them.
        if (!failedAs(error, "dangling")) throw error;
      }
    },
  };
}
