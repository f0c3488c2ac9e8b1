import { createMemoryRecords } from "../../../../stores/memory/memory-records.ts";
import { createMemorySessionData, type SessionDataMap } from "../../../../stores/memory/memory-session-data.ts";
import type { Kept } from "../surroundings.ts";

/** In this process, until it ends. */
export async function openRecords(): Promise<Kept> {
  const sessionData: SessionDataMap = new Map();
  return {
    records: createMemoryRecords({ sessionData }),
    data: createMemorySessionData(sessionData),
    async close() {},
  };
}
