import type { StoreModule, StoreNode, StoreProcess } from "../store-module.ts";
import { createPrismaRecords } from "./prisma-records.ts";
import { createPrismaSessionData } from "./prisma-session-data.ts";
import { sweepRecordRows } from "./sweep-rows.ts";

/** Rows of the application's own database, which are deleted with their lab. */
export const sqlStore: StoreModule = {
  title: "SQL",
  keeps: "A row of the database. Every process sees it.",
  sharing: "at once",

  async open(process) {
    return {
      node: () => rowsOf(process),
      place: async (lab, flow, { id }) => ({
        kind: "row",
        name: `LoginRecord ${lab.id}, ${flow}, ${id}`,
        expiresInSeconds: null,
      }),
      sweep: ({ now, places }) => sweepRecordRows({ client: process.client, now, places }),
    };
  },
};

/** The same rows for every node. */
export function rowsOf({ client, read }: StoreProcess): StoreNode {
  return {
    records: ({ id: labId }, flow) => createPrismaRecords({ client, read, labId, flow }),
    data: ({ id: labId }, flow) => createPrismaSessionData({ client, read, labId, flow }),
  };
}
