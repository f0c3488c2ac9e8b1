import { dataLimits, type Json, type SessionData } from "../../core/session-data.ts";

/** The session data of live logins: JSON by key, below the record's id. A login that is not live has no entry. */
export type SessionDataMap = Map<string, Map<string, string>>;

/**
 * The session data of one flow in one lab, in this process's memory. `createMemoryRecords` adds and removes the entries
 * of logins in the same map. `room`: the most characters in total.
 */
export function createMemorySessionData(
  sessionData: SessionDataMap,
  { room = Number.POSITIVE_INFINITY } = {},
): SessionData {
  const used = () =>
    [...sessionData.values()].flatMap((kept) => [...kept.values()]).reduce((sum, { length }) => sum + length, 0);

  return {
    async all(recordId) {
      const kept = [...(sessionData.get(recordId) ?? [])];
      return Object.fromEntries(kept.map(([key, text]) => [key, parsed(text)]));
    },

    async get(recordId, key) {
      const text = sessionData.get(recordId)?.get(key);
      return text === undefined ? null : { value: parsed(text) };
    },

    async set(recordId, key, value) {
      const kept = sessionData.get(recordId);
      if (!kept) return "gone";
      const text = JSON.stringify(value);
      const before = kept.get(key);
      if (before === undefined && kept.size >= dataLimits.keys) return "full";
      if (used() - (before?.length ?? 0) + text.length > room) return "full";
      kept.set(key, text);
      return "kept";
    },

    async remove(recordId, key) {
      const kept = sessionData.get(recordId);
      const text = kept?.get(key);
      kept?.delete(key);
      return text === undefined ? null : { value: parsed(text) };
    },

    async clear(recordId) {
      const kept = sessionData.get(recordId);
      const count = kept?.size ?? 0;
      kept?.clear();
      return count;
    },
  };
}

function parsed(text: string): Json {
  return JSON.parse(text);
}
