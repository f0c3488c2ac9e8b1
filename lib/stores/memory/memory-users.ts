import type { Users } from "../../core/ports.ts";
import { nameAsKept } from "../../core/text/person-name.ts";
import type { User, UserId } from "../../core/user.ts";

/** A person as memory keeps them. */
export type KeptPerson = Omit<User, "version"> & { readonly passwordHash: string };

type MemoryUsersOptions = {
  /** People by id. The owner of the map may add and replace people; the next call sees it. */
  readonly people: ReadonlyMap<UserId, KeptPerson>;
  /** `null` for a person who does not exist: does the same work and answers false. */
  readonly passwords: { verify(hash: string | null, password: string): Promise<boolean> };
};

/** The people of one lab in this process, as one flow sees them. Each lab and flow has one of these to itself. */
export function createMemoryUsers({ people, passwords }: MemoryUsersOptions): Users {
  // Bounded: one for each person.
  const versions = new Map<UserId, number>();

  function userOf({ id, username, displayName, role, disabled }: KeptPerson): User {
    return { id, username, displayName, role, disabled, version: versions.get(id) ?? 0 };
  }

  const called = (username: string) => [...people.values()].find((one) => one.username === username);

  return {
    async verify({ username, password }) {
      // As it was typed, or in the form in which names are kept.
      const person = called(username) ?? called(nameAsKept(username));
      // Read before the password is checked: a change meanwhile must not be credited to the old password.
      const user = person ? userOf(person) : null;
      const right = await passwords.verify(person?.passwordHash ?? null, password);
      return user && right && !user.disabled ? user : null;
    },

    async find(id) {
      const person = people.get(id);
      return person ? userOf(person) : null;
    },

    async findByName(username) {
      const person = called(username);
      return person ? userOf(person) : null;
    },

    async raiseVersion(id) {
      if (people.has(id)) versions.set(id, (versions.get(id) ?? 0) + 1);
    },
  };
}
