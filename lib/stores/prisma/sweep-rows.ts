import type { FlowId } from "../../core/ids.ts";
import type { Instant } from "../../core/time.ts";
import { Prisma, type PrismaClient } from "./generated/client.ts";

/** What a sweep of all labs needs. `now`: system clock. `places`: the flows, and the other scopes of records. */
export type RowSweep = {
  readonly client: PrismaClient;
  readonly now: Instant;
  readonly places: readonly FlowId[];
};

/** So many rows a statement, so that a request waits for few of them. */
const batch = 1000;

/** Deletes the records that are past their absolute end on their lab's clock, in all labs. Answers how many. */
export function sweepRecordRows({ client, now, places }: RowSweep): Promise<number> {
  return inBatches(
    () => client.$executeRaw`
      DELETE FROM "LoginRecord" WHERE rowid IN (
        SELECT old.rowid FROM "Lab" CROSS JOIN "LoginRecord" AS old
        WHERE old."labId" = "Lab"."id" AND old."flow" IN (${Prisma.join([...places])})
          AND old."endsAt" <= ${now} + "Lab"."clockOffset"
        LIMIT ${batch})`,
  );
}

/** The same of families of refresh tokens, with their tokens. */
export function sweepFamilyRows({ client, now, places }: RowSweep): Promise<number> {
  return inBatches(
    () => client.$executeRaw`
      DELETE FROM "RefreshFamily" WHERE rowid IN (
        SELECT old.rowid FROM "Lab" CROSS JOIN "RefreshFamily" AS old
        WHERE old."labId" = "Lab"."id" AND old."flow" IN (${Prisma.join([...places])})
          AND old."endsAt" <= ${now} + "Lab"."clockOffset"
        LIMIT ${batch})`,
  );
}

/** The same of denied tokens past their `exp`. */
export function sweepDeniedRows({ client, now, places }: RowSweep): Promise<number> {
  return inBatches(
    () => client.$executeRaw`
      DELETE FROM "DeniedToken" WHERE rowid IN (
        SELECT old.rowid FROM "Lab" CROSS JOIN "DeniedToken" AS old
        WHERE old."labId" = "Lab"."id" AND old."flow" IN (${Prisma.join([...places])})
          AND old."until" <= ${now} + "Lab"."clockOffset"
        LIMIT ${batch})`,
  );
}

async function inBatches(deleteBatch: () => Promise<number>): Promise<number> {
  for (let swept = 0; ; ) {
    const deleted = await deleteBatch();
    swept += deleted;
    if (deleted < batch) return swept;
  }
}
