import type { Records } from "../../core/ports.ts";
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
  const isLive = (record: LoginRecord, now: number) => !record.ended && record.endsAt > now && record.idleEndsAt > now;

  return {
    async add(record) {
      forget(byKey.get(record.key));
      byKey.set(record.key, record);
      if (!record.ended) sessionData.set(record.id, new Map());
      if (byKey.size > limit) forget([...byKey.values()][0]);
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

    async end(id, why, { replacementId } = {}) {
      const left = sessionData.get(id);
      const replacement = replacementId === undefined ? undefined : sessionData.get(replacementId);
      for (const [key, text] of left ?? []) replacement?.set(key, text);
      return endWhere((record) => record.id === id, why) === 1;
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
