import type { FlowId } from "../../core/ids.ts";
import type { Users } from "../../core/ports.ts";
import { nameAsKept } from "../../core/text/person-name.ts";
import type { PrismaClient } from "./generated/client.ts";
import { userOf, versionOf } from "./person-rows.ts";
import { failedAs } from "./prisma-errors.ts";

type PrismaUsersOptions = {
  readonly client: PrismaClient;
  readonly labId: string;
  readonly flow: FlowId;
  /** `null` for a person who does not exist: does the same work and answers false. */
  readonly passwords: {
    verify(hash: string | null, password: string): Promise<boolean>;
    /** A new hash of a password that was just verified, if the stored one is outdated; else `null`. */
    renew(hash: string, password: string): Promise<string | null>;
  };
};

/** The people of one lab, as one flow sees them: with this flow's version. */
export function createPrismaUsers({ client, labId, flow, passwords }: PrismaUsersOptions): Users {
  return {
    async verify({ username, password }) {
      // As it was typed, or in the form in which names are kept now.
      const names = { in: [username, nameAsKept(username)] };
      // Reads the version before the hash. If the password is changed meanwhile, the login gets the earlier version and
      // is over at once; in the other order, the old password would get a login of the new version.
      const versions = await client.userVersion.findMany({ where: { labId, flow, user: { username: names } } });
      const rows = await client.user.findMany({ where: { labId, username: names } });
      const row = rows.find((each) => each.username === username) ?? rows[0];
      // Always hashes: the time taken tells neither who exists nor who is disabled.
      const right = await passwords.verify(row?.passwordHash ?? null, password);
      if (!row || !right || row.disabled) return null;
      const renewed = await passwords.renew(row.passwordHash, password);
      // The password is the same, so no version is raised. If it was changed meanwhile, the newer hash stays.
      if (renewed !== null) {
        const { id, passwordHash } = row;
        await client.user.updateMany({ where: { labId, id, passwordHash }, data: { passwordHash: renewed } });
      }
      return userOf(row, versionOf(versions.find(({ userId }) => userId === row.id) ?? null));
    },

    async find(id) {
      const [row, version] = await Promise.all([
        client.user.findUnique({ where: { labId_id: { labId, id } } }),
        client.userVersion.findUnique({ where: { labId_userId_flow: { labId, userId: id, flow } } }),
      ]);
      return row && userOf(row, versionOf(version));
    },

    async findByName(username) {
      const [row, version] = await Promise.all([
        client.user.findUnique({ where: { labId_username: { labId, username } } }),
        client.userVersion.findFirst({ where: { labId, flow, user: { username } } }),
      ]);
      return row && userOf(row, versionOf(version));
    },

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
