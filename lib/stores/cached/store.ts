import type { FlowId } from "../../core/ids.ts";
import type { Records } from "../../core/ports.ts";
import type { Duration } from "../../core/time.ts";
import { labClock } from "../../lab/lab.ts";
import { bounds } from "../bounds.ts";
import { createPrismaRecords } from "../prisma/prisma-records.ts";
import { createPrismaSessionData } from "../prisma/prisma-session-data.ts";
import type { StoreLab, StoreModule } from "../store-module.ts";
import { createCachedRecords, createRecordCache } from "./cached-records.ts";

/** The rows of SQL, remembered by each node for a while. */
export const cachedStore: StoreModule = {
  title: "a cache",
  keeps: "A row of the database, which each process remembers for a few seconds.",
  sharing: "late",
  over: "sql",

  async open({ client, systemClock }) {
    return {
      node() {
        const cache = createRecordCache(bounds.cached);

        function remembering(records: Records, lab: StoreLab, flow: FlowId, staleFor: Duration): Records {
          const place = `${lab.id} ${lab.salt} ${flow}`;
          const clocks = { systemClock, labClock: labClock(systemClock, lab.clockOffset) };
          return createCachedRecords({ records, cache, place, staleFor, ...clocks });
        }

        return {
          records: (lab, flow, staleFor) =>
            remembering(createPrismaRecords({ client, labId: lab.id, flow }), lab, flow, staleFor),
          data: ({ id: labId }, flow) => createPrismaSessionData({ client, labId, flow }),
          // What is changed in the rows is forgotten here; what is looked up in them is the rows' own answer.
          hearing: (below, lab, flow) => ({ ...remembering(below, lab, flow, 0), find: below.find }),
          forget: (labId) => cache.drop(({ place }) => place.startsWith(`${labId} `)),
        };
      },
    };
  },
};
