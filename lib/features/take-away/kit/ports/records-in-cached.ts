import type { LoginRecord } from "../../../../core/record.ts";
import { createCachedRecords } from "../../../../stores/cached/cached-records.ts";
import { createReadCache } from "../../../../stores/cached/read-cache.ts";
import { createPrismaRecords } from "../../../../stores/prisma/prisma-records.ts";
import { createPrismaSessionData } from "../../../../stores/prisma/prisma-session-data.ts";
import type { Kept } from "../surroundings.ts";
import type { InSql } from "./people-in-sql.ts";

/** The rows of the database, remembered by this process for as long as the variant's settings say. */
export async function openRecords({ client, labId, flow, variant, clock }: InSql): Promise<Kept> {
  const place = { client, labId, flow };
  const records = createCachedRecords(createPrismaRecords(place), {
    cache: createReadCache<LoginRecord>(10_000),
    place: labId,
    staleFor: variant.settings.staleFor ?? 0,
    clock,
  });
  return { records, data: createPrismaSessionData(place), async close() {} };
}
