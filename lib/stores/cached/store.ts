import type { FlowId } from "../../core/ids.ts";
import { labClock } from "../../lab/lab.ts";
import { bounds } from "../bounds.ts";
import { createPrismaRecords } from "../prisma/prisma-records.ts";
import { createPrismaSessionData } from "../prisma/prisma-session-data.ts";
import type { StoreLab, StoreModule } from "../store-module.ts";
import { createCachedRecords, createForgettingRecords, createRecordCache } from "./cached-records.ts";

/** The rows of SQL, cached by each node for a while. */
export const cachedStore: StoreModule = {
  title: "a cache",
  keeps: "A row of the database, which each process remembers for a few seconds.",
  sharing: "late",
  over: "sql",

  async open({ client, read, systemClock }) {
    return {
      node() {
        const cache = createRecordCache(bounds.cached);

        const placeOf = (lab: StoreLab, flow: FlowId) => `${lab.id} ${lab.salt} ${flow}`;

        return {
          records(lab, flow, staleFor) {
            const records = createPrismaRecords({ client, read, labId: lab.id, flow });
            const clocks = { systemClock, labClock: labClock(systemClock, lab.clockOffset) };
            return createCachedRecords({ records, cache, place: placeOf(lab, flow), staleFor, ...clocks });
          },
          data: ({ id: labId }, flow) => createPrismaSessionData({ client, read, labId, flow }),
          hearing: (records, lab, flow) => createForgettingRecords({ records, cache, place: placeOf(lab, flow) }),
          remembers: () => cache.size(),
          forget: (labId) => cache.drop(({ place }) => place.startsWith(`${labId} `)),
        };
      },
    };
  },
};
