import { namesOfNewPerson } from "../../core/text/person-name.ts";
import type { Role, User, UserId } from "../../core/user.ts";
import type { User as UserRow } from "./generated/client.ts";

/** A person as the database keeps them, for all flows. */
type KeptPerson = Omit<User, "version"> & { readonly passwordHash: string; readonly balance: number };

type NewPerson = Pick<KeptPerson, "username" | "displayName" | "role" | "passwordHash">;

export function personOf(row: UserRow): KeptPerson {
  const { id, username, displayName, disabled, passwordHash, balance } = row;
  return { id, username, displayName, role: roleOf(row.role), disabled, passwordHash, balance };
}

/** A person as one flow sees them. */
export function userOf(row: UserRow, version: number): User {
  const { id, username, displayName, role, disabled } = personOf(row);
  return { id, username, displayName, role, disabled, version };
}

/** The columns of a new person, with their names as they are kept. */
export function personColumns(person: NewPerson, labId: string, id: UserId) {
  const { role, passwordHash } = person;
  return { labId, id, ...namesOfNewPerson(person), role, passwordHash };
}

function roleOf(text: string): Role {
  if (text === "admin" || text === "user") return text;
  throw new Error(`The database holds a role that nobody knows: ${text}`);
}
