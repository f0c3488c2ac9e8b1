import type { Records, Replacement } from "../../core/ports.ts";
import type { Ended, LoginRecord } from "../../core/record.ts";
import type { SessionDataMap } from "./memory-session-data.ts";

/**
 * The records of one flow in one lab, in this process's memory: lost when the process ends, and unknown to others. No
 * method awaits, so each is atomic. Beyond `limit` records the first one added is forgotten. `sessionData` has an entry
 * for each live record.
 */
export function createMemoryRecords({
  limit = Number.POSITIVE_INFINITY,
  sessionData = new Map(),
}: {
  readonly limit?: number;
  readonly sessionData?: SessionDataMap;
} = {}): Records {
  // Bounded: by `limit`, where many can ask.
  const byKey = new Map<string, LoginRecord>();
  const newestFirst = () => [...byKey.values()].reverse().sort((a, b) => b.createdAt - a.createdAt);

  function endWhere(wanted: (record: LoginRecord) => boolean, { at, reason }: Ended): number {
    const ending = [...byKey.values()].filter((record) => !record.ended && wanted(record));
    for (const record of ending) {
      byKey.set(record.key, { ...record, ended: { at, reason } });
      sessionData.delete(record.id);
    }
    return ending.length;
  }

  function forget(record: LoginRecord | undefined): void {
    if (!record) return;
    byKey.delete(record.key);
    sessionData.delete(record.id);
  }

  function add(record: LoginRecord): void {
    forget(byKey.get(record.key));
    byKey.set(record.key, record);
    if (!record.ended) sessionData.set(record.id, new Map());
    if (byKey.size > limit) forget([...byKey.values()][0]);
  }

  const isLive = (record: LoginRecord, now: number) => !record.ended && record.endsAt > now && record.idleEndsAt > now;

  return {
    async add(record) {
      add(record);
    },

    async find(key) {
      return byKey.get(key) ?? null;
    },

    async touch(key, { at, idleEndsAt }) {
      const record = byKey.get(key);
      if (!record || record.ended) return false;
      byKey.set(key, { ...record, lastSeenAt: at, idleEndsAt });
      return true;
    },

    async end(id, why) {
      return endWhere((record) => record.id === id, why) === 1;
    },

    async replace(previous, record, { keepsData }) {
      const found = [...byKey.values()].find(({ id }) => id === previous.id);
      const left = keepsData ? sessionData.get(previous.id) : undefined;
      if (found === undefined || found.ended !== null) return outcomeOf(found);
      endWhere(({ id }) => id === found.id, { at: record.createdAt, reason: "replaced" });
      add(record);
      for (const [key, text] of left ?? []) sessionData.get(record.id)?.set(key, text);
      return "done";
    },

    async endAll(userId, why, exceptId) {
      return endWhere((record) => record.userId === userId && record.id !== exceptId, why);
    },

    async list(userId, now) {
      return newestFirst().filter((record) => record.userId === userId && isLive(record, now));
    },

    async live(now) {
      return [...byKey.values()].filter((record) => isLive(record, now)).length;
    },

    async held(limit) {
      return newestFirst().slice(0, limit);
    },

    async sweep(now) {
      const over = [...byKey.values()].filter((record) => record.endsAt <= now);
      for (const record of over) forget(record);
      return over.length;
    },
  };
}

/** Why a login that is not live could not be replaced. */
export function outcomeOf(login: { readonly ended: Ended | null } | undefined): Replacement {
  return login?.ended?.reason === "replaced" ? "rival" : "over";
}
