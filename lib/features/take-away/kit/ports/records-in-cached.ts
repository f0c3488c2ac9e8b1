import { createCachedRecords, createRecordCache } from "../../../../stores/cached/cached-records.ts";
import { createPrismaRecords } from "../../../../stores/prisma/prisma-records.ts";
import { createPrismaSessionData } from "../../../../stores/prisma/prisma-session-data.ts";
import type { Kept } from "../surroundings.ts";
import type { InSql } from "./people-in-sql.ts";

/** The rows of the database, remembered by this process for as long as the variant's settings say. */
export async function openRecords({ client, labId, flow, variant, clock }: InSql): Promise<Kept> {
  const place = { client, labId, flow };
  const records = createCachedRecords({
    records: createPrismaRecords(place),
    cache: createRecordCache(10_000),
    place: labId,
    staleFor: variant.settings.staleFor ?? 0,
    systemClock: clock,
    labClock: clock,
  });
  return { records, data: createPrismaSessionData(place), async close() {} };
}
