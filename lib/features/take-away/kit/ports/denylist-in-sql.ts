import type { Denylist } from "../../../../core/ports.ts";
import { createPrismaDenylist } from "../../../../stores/prisma/prisma-denylist.ts";
import type { InSql } from "./people-in-sql.ts";

export function openDenylist({ client, labId, flow }: InSql): Denylist {
  return createPrismaDenylist({ client, labId, flow });
}
