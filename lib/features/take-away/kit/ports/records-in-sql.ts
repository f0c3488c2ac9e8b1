import { createPrismaRecords } from "../../../../stores/prisma/prisma-records.ts";
import { createPrismaSessionData } from "../../../../stores/prisma/prisma-session-data.ts";
import type { Kept } from "../surroundings.ts";
import type { InSql } from "./people-in-sql.ts";

/** A row a login, in the database that has the people. */
export async function openRecords({ client, labId, flow }: InSql): Promise<Kept> {
  const place = { client, labId, flow };
  return { records: createPrismaRecords(place), data: createPrismaSessionData(place), async close() {} };
}
