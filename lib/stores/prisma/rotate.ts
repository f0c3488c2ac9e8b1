import type { FlowId } from "../../core/ids.ts";
import type { RefreshToken } from "../../core/record.ts";
import type { Instant } from "../../core/time.ts";
import type { PrismaClient } from "./generated/client.ts";
import { tokenColumns } from "./login-rows.ts";
import { failedAs } from "./prisma-errors.ts";

/**
 * Exchanges a refresh token for its successor, in two steps.
 * 1. Insert the successor's row, if it is not there yet. The successor does not count yet: no client has it, and
 * without the server's key its HMAC cannot be computed.
 * 2. Mark the presented token as used, by one conditional update, which decides who is first. Now the successor counts.
 * In the other order, a crash in between would leave a used token without a successor, and an honest retry would look
 * like theft. In this order a crash leaves a row that is not referenced yet, and the retry finds it in place.
 * True for exactly one of any number of callers, and never in an ended family.
 */
export async function rotate(place: FlowPlace, hash: string, successor: RefreshToken, at: Instant): Promise<boolean> {
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

type FlowPlace = { readonly client: PrismaClient; readonly labId: string; readonly flow: FlowId };

/** False: the family does not exist any more. */
async function prepare({ client, labId, flow }: FlowPlace, successor: RefreshToken): Promise<boolean> {
  const { hash, familyId, generation } = successor;
  try {
    await client.refreshToken.upsert({
      where: { labId_flow_hash: { labId, flow, hash } },
      create: { labId, flow, familyId, ...tokenColumns(successor) },
      // An update to the existing values: with an empty update, Prisma would not send one native upsert.
      update: { generation },
      select: { hash: true },
    });
    return true;
  } catch (error) {
    if (failedAs(error, "dangling")) return false;
    throw error;
  }
}
