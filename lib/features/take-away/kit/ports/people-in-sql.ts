import { createArgon2Passwords } from "../../../../adapters/argon2-passwords.ts";
import { createNodeRandom } from "../../../../adapters/node-random.ts";
import { type Database, openDatabase } from "../../../../stores/prisma/database.ts";
import { migrate } from "../../../../stores/prisma/migrate.ts";
import { personColumns } from "../../../../stores/prisma/person-rows.ts";
import { people } from "../people.ts";
import type { Base } from "../surroundings.ts";

/** The same with an open database. */
export type InSql = Base & { readonly client: Database["client"] };

/** The database, migrated, with the people of `people.ts` in it. Who is there already stays as they are. */
export async function openPeople(base: Base): Promise<InSql & { close(): Promise<void> }> {
  const { databaseUrl, labId, clock } = base;
  await migrate(databaseUrl);
  const { client, close } = await openDatabase(databaseUrl);
  const passwords = createArgon2Passwords();
  const random = createNodeRandom();
  const hashed = people.map(async ({ password, ...person }) => ({
    ...person,
    passwordHash: await passwords.hash(password),
  }));
  const rows = await Promise.all(hashed);
  await client.$transaction([
    client.lab.upsert({
      where: { id: labId },
      create: { id: labId, salt: "", enabled: "[]", createdAt: BigInt(clock.now()) },
      update: { salt: "" },
    }),
    ...rows.map((person) =>
      client.user.upsert({
        where: { labId_username: { labId, username: person.username } },
        create: personColumns(person, labId, random.id()),
        update: { username: person.username },
      }),
    ),
  ]);
  return { ...base, client, close };
}
