import type { RefreshFamilies } from "../../../../core/ports.ts";
import { createPrismaRefreshFamilies } from "../../../../stores/prisma/prisma-refresh-families.ts";
import type { InSql } from "./people-in-sql.ts";

export function openFamilies({ client, labId, flow }: InSql): RefreshFamilies {
  return createPrismaRefreshFamilies({ client, labId, flow });
}
