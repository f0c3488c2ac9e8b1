import { createMemoryDenylist } from "./memory-denylist.ts";
import { createMemoryRecords } from "./memory-records.ts";
import { createMemoryRefreshFamilies, type FamilyTables } from "./memory-refresh-families.ts";
import { createMemorySessionData, type SessionDataMap } from "./memory-session-data.ts";
import { createMemoryUsers } from "./memory-users.ts";

type MemoryPortsOptions = Parameters<typeof createMemoryUsers>[0] & {
  /** The maps of the families, so that the caller can read them. Absent: new ones. */
  readonly tables?: FamilyTables;
};

/** All ports with data of one flow in one lab, in this process's memory. */
export function createMemoryPorts({ people, passwords, tables }: MemoryPortsOptions) {
  const sessionData: SessionDataMap = new Map();
  return {
    users: createMemoryUsers({ people, passwords }),
    records: createMemoryRecords({ sessionData }),
    data: createMemorySessionData(sessionData),
    families: createMemoryRefreshFamilies(tables),
    denylist: createMemoryDenylist(),
  };
}
