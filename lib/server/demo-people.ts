import type { NewPerson } from "../core/lab.ts";

/** Who lives in every lab. The passwords are public: a lab is private and short-lived, and this exists only in lab mode. */
export const demoPasswords: Readonly<Record<string, string>> = {
  alice: "alice-likes-tea",
  bob: "bob-likes-coffee",
  admin: "admin-likes-logs",
};

const people = [
  { username: "alice", displayName: "Alice", role: "user" },
  { username: "bob", displayName: "Bob", role: "user" },
  { username: "admin", displayName: "Admin", role: "admin" },
] as const;

let hashed: Promise<readonly NewPerson[]> | null = null;

/** Hashed once a process, since every lab has the same three. */
export function demoPeople(passwords: { hash(password: string): Promise<string> }): Promise<readonly NewPerson[]> {
  hashed ??= Promise.all(
    people.map(async (person) => ({ ...person, passwordHash: await passwords.hash(demoPasswords[person.username] ?? "") })),
  );
  return hashed;
}
