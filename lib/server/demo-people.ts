import type { NewPerson } from "../lab/lab.ts";

/**
 * The people of every lab. Their passwords are public: a lab is private and short-lived, and they exist only in lab
 * mode.
 */
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

const rememberedHashes = 1000;

/** Always in the same order, also after a change of role; added people follow by name. */
export function inUsualOrder<T extends { readonly username: string }>(persons: readonly T[]): readonly T[] {
  const usual = Object.keys(demoPasswords);
  const place = ({ username }: T) => (usual.includes(username) ? usual.indexOf(username) : usual.length);
  return [...persons].sort((a, b) => place(a) - place(b) || a.username.localeCompare(b.username));
}

/**
 * Tells a person's public password, or `null` once they have another. Each stored hash is verified once a process: all
 * labs share the same three hashes until a password is changed.
 */
export function createDemoPasswords(passwords: { verify(hash: string | null, password: string): Promise<boolean> }) {
  // Bounded: by `rememberedHashes`.
  const verified = new Map<string, Promise<boolean>>();
  return async ({ username, passwordHash }: Pick<NewPerson, "username" | "passwordHash">): Promise<string | null> => {
    const password = demoPasswords[username];
    if (password === undefined) return null;
    if (verified.size >= rememberedHashes) verified.clear();
    const key = `${username} ${passwordHash}`;
    const verifying = verified.get(key) ?? passwords.verify(passwordHash, password);
    verified.set(key, verifying);
    // One that failed is asked for again.
    verifying.catch(() => verified.delete(key));
    return (await verifying) ? password : null;
  };
}

/** Hashed once, at the first lab, since all labs have the same three. */
export function createDemoPeople(passwords: { hash(password: string): Promise<string> }) {
  let hashed: Promise<readonly NewPerson[]> | null = null;
  return (): Promise<readonly NewPerson[]> => {
    hashed ??= Promise.all(
      people.map(async (person) => ({
        ...person,
        passwordHash: await passwords.hash(demoPasswords[person.username] ?? ""),
      })),
    );
    // Those that failed are made again.
    hashed.catch(() => {
      hashed = null;
    });
    return hashed;
  };
}
