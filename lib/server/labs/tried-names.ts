import type { LabKeys } from "../../adapters/derived-keys.ts";
import type { TriedName } from "../../http/application.ts";
import type { People } from "../../lab/lab.ts";

/**
 * Whose name a refused login tried. Of a name that nobody has only a mark is kept: people type passwords into that
 * field. Both are found by the same work, so the time taken does not tell who exists (ASVS 6.3.8).
 */
export async function triedName(people: People, keys: LabKeys, username: string): Promise<TriedName> {
  const mark = keys.markOf(username);
  const person = await people.named(username);
  return person ? { userId: person.id } : { nobody: mark };
}
