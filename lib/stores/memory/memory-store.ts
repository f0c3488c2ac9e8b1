import type { FlowId } from "../../core/ids.ts";
import type { Records } from "../../core/ports.ts";
import type { SessionData } from "../../core/session-data.ts";
import type { Lab } from "../../lab/lab.ts";
import { createMemoryRecords } from "./memory-records.ts";
import { createMemorySessionData, type SessionDataMap } from "./memory-session-data.ts";

/** The lab of some records. The salt is new with each reset, so records from before a reset are not found after it. */
type Owner = Pick<Lab, "id" | "salt">;

export type MemoryStore = {
  /** The same records for each call with the same lab and flow. */
  records(lab: Owner, flow: FlowId): Records;
  /** The session data of those records. */
  data(lab: Owner, flow: FlowId): SessionData;
  forget(labId: string): void;
  /** The number of labs with records here, and the bounds of each flow of a lab. */
  kept(): readonly { readonly labId: string; readonly records: readonly Records[] }[];
};

type LoginStore = { readonly records: Records; readonly data: SessionData };
type Bounds = {
  readonly labs: number;
  /** Of one flow of a lab, as is the next one. */
  readonly records: number;
  /** Characters of session data. */
  readonly data: number;
};

/**
 * The records of all labs in one process's memory. Bounded: the least recently used lab is forgotten first, and of a
 * flow's records the oldest. The persons concerned have to log in again.
 */
export function createMemoryStore(bounds: Bounds): MemoryStore {
  const labs = new Map<string, { readonly salt: string; readonly flows: Map<FlowId, LoginStore> }>();

  function logins({ id, salt }: Owner, flow: FlowId): LoginStore {
    const known = labs.get(id);
    const lab = known?.salt === salt ? known : { salt, flows: new Map<FlowId, LoginStore>() };
    // Moves the lab to the end of the line.
    labs.delete(id);
    labs.set(id, lab);
    if (labs.size > bounds.labs) labs.delete([...labs.keys()][0] ?? "");

    const found = lab.flows.get(flow) ?? emptyLogins(bounds);
    lab.flows.set(flow, found);
    return found;
  }

  return {
    records: (lab, flow) => logins(lab, flow).records,
    data: (lab, flow) => logins(lab, flow).data,

    forget(labId) {
      labs.delete(labId);
    },

    kept: () =>
      [...labs].map(([labId, { flows }]) => ({ labId, records: [...flows.values()].map(({ records }) => records) })),
  };
}

function emptyLogins(bounds: Bounds): LoginStore {
  const sessionData: SessionDataMap = new Map();
  return {
    records: createMemoryRecords({ limit: bounds.records, sessionData }),
    data: createMemorySessionData(sessionData, { room: bounds.data }),
  };
}
