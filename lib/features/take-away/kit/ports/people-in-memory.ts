import { createArgon2Passwords } from "../../../../adapters/argon2-passwords.ts";
import { namesOfNewPerson } from "../../../../core/text/person-name.ts";
import type { KeptPerson } from "../../../../stores/memory/memory-users.ts";
import { people } from "../people.ts";
import type { Base } from "../surroundings.ts";

/** The same with people, by id. */
export type InMemory = Base & { readonly people: ReadonlyMap<string, KeptPerson> };

/** The people of `people.ts`, with hashes in place of passwords. A restart forgets what became of them. */
export async function openPeople(base: Base): Promise<InMemory & { close(): Promise<void> }> {
  const passwords = createArgon2Passwords();
  const hashed = people.map(async ({ password, ...person }): Promise<[string, KeptPerson]> => {
    const passwordHash = await passwords.hash(password);
    const names = namesOfNewPerson(person);
    return [names.username, { ...person, ...names, id: names.username, disabled: false, passwordHash }];
  });
  return { ...base, people: new Map(await Promise.all(hashed)), async close() {} };
}
