import { createArgon2Passwords } from "../../../../adapters/argon2-passwords.ts";
import type { Users } from "../../../../core/ports.ts";
import { createPrismaUsers } from "../../../../stores/prisma/prisma-users.ts";
import type { InSql } from "./people-in-sql.ts";

export function usersOf({ client, labId, flow }: InSql): Users {
  return createPrismaUsers({ client, labId, flow, passwords: createArgon2Passwords() });
}
