import type { FlowId, StoreName } from "../core/flow.ts";
import type { Lab } from "../core/lab.ts";
import type { Records } from "../core/ports.ts";
import type { World } from "../http/application.ts";
import { createMemoryStore } from "../stores/memory/memory-store.ts";
import type { Database } from "../stores/prisma/database.ts";
import { createPrismaRecords } from "../stores/prisma/prisma-records.ts";

export type Stores = {
  /** The records of one flow in one lab, where the settings of a variant say that they live. */
  records(store: StoreName, lab: Lab, flow: FlowId): Records;
  /** Loses what this process alone remembers of a lab, as a restart would. */
  forgetMemory(labId: string): void;
  /** Deletes what is over, and forgets the labs that are gone. Answers how many records that was. */
  sweep(find: (labId: string) => Promise<World | null>): Promise<number>;
};

/** A process never holds more than this in its memory. */
const bounds = { labs: 500, records: 1000 };

/** Every store that the settings of a variant can name. They live as long as the process. */
export function openStores({ database }: { readonly database: Database }): Stores {
  const memory = createMemoryStore(bounds);

  return {
    records(store, lab, flow) {
      if (store === "memory") return memory.records(lab, flow);
      return createPrismaRecords({ client: database.client, labId: lab.id, flow });
    },

    forgetMemory: memory.forget,

    async sweep(find) {
      let swept = 0;
      for (const { labId, records } of memory.kept()) {
        const world = await find(labId);
        if (!world) memory.forget(labId);
        else for (const each of records) swept += await each.sweep(world.clock.now());
      }
      return swept;
    },
  };
}
