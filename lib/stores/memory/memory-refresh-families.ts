import type { RefreshFamilies } from "../../core/ports.ts";
import type { Ended, RefreshFamily, RefreshToken } from "../../core/record.ts";
import { outcomeOf } from "./memory-records.ts";

/** Families by id, tokens by hash. The owner of the maps can read them as one looks into a database. */
export type FamilyTables = {
  readonly families: Map<string, RefreshFamily>;
  readonly tokens: Map<string, RefreshToken>;
};

/**
 * The refresh tokens of one flow in one lab, in this process's memory: lost when the process ends, and unknown to
 * others. No method awaits, so each is atomic.
 */
export function createMemoryRefreshFamilies(
  { families, tokens }: FamilyTables = { families: new Map(), tokens: new Map() },
): RefreshFamilies {
  const newestFirst = () => [...families.values()].reverse().sort((a, b) => b.createdAt - a.createdAt);
  const tokensOf = (familyId: string) => [...tokens.values()].filter((token) => token.familyId === familyId);

  function endWhere(wanted: (family: RefreshFamily) => boolean, { at, reason }: Ended): number {
    const ending = [...families.values()].filter((family) => !family.ended && wanted(family));
    for (const family of ending) families.set(family.id, { ...family, ended: { at, reason } });
    return ending.length;
  }

  function find(hash: string) {
    const token = tokens.get(hash);
    const family = token && families.get(token.familyId);
    return family ? { token, family } : null;
  }

  function start(family: RefreshFamily, first: RefreshToken): void {
    families.set(family.id, family);
    tokens.set(first.hash, first);
  }

  return {
    async start(family, first) {
      start(family, first);
    },

    async replace(previousId, family, first) {
      const previous = families.get(previousId);
      if (previous === undefined || previous.ended !== null) return outcomeOf(previous);
      endWhere(({ id }) => id === previousId, { at: family.createdAt, reason: "replaced" });
      start(family, first);
      return "done";
    },

    async find(hash) {
      return find(hash);
    },

    async rotate(hash, successor, at) {
      const found = find(hash);
      if (!found || found.token.usedAt !== null || found.family.ended) return false;
      tokens.set(hash, { ...found.token, usedAt: at });
      tokens.set(successor.hash, successor);
      families.set(found.family.id, { ...found.family, lastSeenAt: at });
      return true;
    },

    async end(id, why) {
      return endWhere((family) => family.id === id, why) === 1;
    },

    async endAll(userId, why, exceptId) {
      return endWhere((family) => family.userId === userId && family.id !== exceptId, why);
    },

    async list(userId, now) {
      return newestFirst().filter((family) => family.userId === userId && !family.ended && family.endsAt > now);
    },

    async live(now) {
      return [...families.values()].filter((family) => !family.ended && family.endsAt > now).length;
    },

    async held(limit) {
      return newestFirst()
        .slice(0, limit)
        .map((family) => ({ ...family, tokens: tokensOf(family.id) }));
    },

    async sweep(now) {
      const over = [...families.values()].filter((family) => family.endsAt <= now);
      for (const { id } of over) {
        for (const { hash } of tokensOf(id)) tokens.delete(hash);
        families.delete(id);
      }
      return over.length;
    },
  };
}
