import type { FlowId } from "../../core/flow.ts";
import type { Lab } from "../../core/lab.ts";
import type { Records } from "../../core/ports.ts";
import { createMemoryRecords } from "./memory-records.ts";

/** The lab that records belong to. The salt is new with each reset, so nothing from before one is found after it. */
type Owner = Pick<Lab, "id" | "salt">;

export type MemoryStore = {
  /** The same records each time the same lab and flow ask. */
  records(lab: Owner, flow: FlowId): Records;
  forget(labId: string): void;
  /** Every lab that has records here, with those of each of its flows. */
  kept(): readonly { readonly labId: string; readonly records: readonly Records[] }[];
};

/**
 * What one process remembers of all labs. Bounded: the lab that was least lately used is forgotten first, and of
 * a flow's records the oldest one. Whoever is forgotten has to log in again.
 */
export function createMemoryStore(bounds: { readonly labs: number; readonly records: number }): MemoryStore {
  const labs = new Map<string, { readonly salt: string; readonly flows: Map<FlowId, Records> }>();

  return {
    records({ id, salt }, flow) {
      const known = labs.get(id);
      const lab = known?.salt === salt ? known : { salt, flows: new Map<FlowId, Records>() };
      // To the end of the line.
      labs.delete(id);
      labs.set(id, lab);
      if (labs.size > bounds.labs) labs.delete([...labs.keys()][0] ?? "");

      const records = lab.flows.get(flow) ?? createMemoryRecords({ limit: bounds.records });
      lab.flows.set(flow, records);
      return records;
    },

    forget(labId) {
      labs.delete(labId);
    },

    kept: () => [...labs].map(([labId, { flows }]) => ({ labId, records: [...flows.values()] })),
  };
}
