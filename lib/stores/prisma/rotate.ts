import type { FlowId } from "../../core/ids.ts";
import type { RefreshToken } from "../../core/record.ts";
import type { Instant } from "../../core/time.ts";
import type { PrismaClient } from "./generated/client.ts";
import { tokenColumns } from "./login-rows.ts";
import { failedAs } from "./prisma-errors.ts";

/**
 * Exchanges a refresh token for its successor, in this order:
 *
 * 1. The successor's row, if it is not there yet. It opens nothing so far: nobody was told the successor,
 *    and as an HMAC under the server's key nobody can work it out.
 * 2. One conditional update of the presented token decides who is first. Now the successor counts.
 *
 * The other way round, a crash in between would leave a used token without a successor: an honest retry
 * would look like theft. This way it leaves a row that nobody points at, and the retry finds it in place.
 *
 * True for exactly one of any number of callers, and never in an ended family.
 */
export async function rotate(place: Place, hash: string, successor: RefreshToken, at: Instant): Promise<boolean> {
  const { client, labId, flow } = place;
  const { familyId } = successor;
  if (!(await prepare(place, successor))) return false;

  const { count } = await client.refreshToken.updateMany({
    where: { labId, flow, hash, usedAt: null, familyId, family: { endedAt: null } },
    data: { usedAt: BigInt(at), replacedBy: successor.hash },
  });
  if (count !== 1) return false;

  await client.refreshFamily.updateMany({ where: { labId, flow, id: familyId }, data: { lastSeenAt: BigInt(at) } });
  return true;
}

type Place = { readonly client: PrismaClient; readonly labId: string; readonly flow: FlowId };

/** False: the family is not there (any more). */
async function prepare({ client, labId, flow }: Place, successor: RefreshToken): Promise<boolean> {
  const { hash, familyId, generation } = successor;
  try {
    await client.refreshToken.upsert({
      where: { labId_flow_hash: { labId, flow, hash } },
      create: { labId, flow, familyId, ...tokenColumns(successor) },
      // What is there already: with nothing to write, Prisma would not make it one native statement.
      update: { generation },
      select: { hash: true },
    });
    return true;
  } catch (error) {
    if (failedAs(error, "dangling")) return false;
    throw error;
  }
}
