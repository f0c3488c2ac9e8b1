import { createPrismaRecords } from "../stores/prisma/prisma-records.ts";
import { createPrismaRefreshFamilies } from "../stores/prisma/prisma-refresh-families.ts";
import type { Composition } from "./composition.ts";

/** Deletes what is past its absolute end, on the lab's clock, in every flow of a lab. Answers how many. */
export async function sweepRecords({ worlds, flows, database }: Composition, labId: string): Promise<number> {
  const world = await worlds.find(labId);
  if (!world) return 0;
  const now = world.clock.now();
  let swept = 0;
  for (const { manifest } of flows) {
    const place = { client: database.client, labId, flow: manifest.id };
    swept += await createPrismaRecords(place).sweep(now);
    swept += await createPrismaRefreshFamilies(place).sweep(now);
  }
  return swept;
}
