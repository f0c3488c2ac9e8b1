import { createArgon2Passwords } from "../../../../adapters/argon2-passwords.ts";
import type { Users } from "../../../../core/ports.ts";
import { createMemoryUsers } from "../../../../stores/memory/memory-users.ts";
import type { InMemory } from "./people-in-memory.ts";

export function usersOf({ people }: InMemory): Users {
  return createMemoryUsers({ people, passwords: createArgon2Passwords() });
}
