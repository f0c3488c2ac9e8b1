import { createMemoryRecords } from "../../../../stores/memory/memory-records.ts";
import { createMemorySessionData, type Shelf } from "../../../../stores/memory/memory-session-data.ts";
import type { Kept } from "../surroundings.ts";

/** In this process, until it ends. */
export async function openRecords(): Promise<Kept> {
  const shelf: Shelf = new Map();
  return { records: createMemoryRecords({ shelf }), data: createMemorySessionData(shelf), async close() {} };
}
