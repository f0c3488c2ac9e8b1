import type { FlowId, VariantId } from "../../core/ids.ts";
import type { AuthEvent, EventLog, EventsWanted, RecordedEvent } from "../../core/ports.ts";
import type { Client } from "../../core/request.ts";
import type { Clock, Duration, Instant } from "../../core/time.ts";
import type { PrismaClient } from "./generated/client.ts";
import { instantOf } from "./instants.ts";

type EventLogOptions = {
  readonly client: PrismaClient;
  readonly labId: string;
  /** `null`: the event concerns no flow, or no variant of it alone. */
  readonly flow: FlowId | null;
  readonly variant: VariantId | null;
  /** The sender of the request. */
  readonly sender: Client;
  /** The lab's clock. */
  readonly clock: Clock;
  /** Reports an event that could not be written. Writes are not awaited, so the error would otherwise be lost. */
  readonly failed: (error: unknown) => void;
};

/** Writes the events of one flow in one request, in order. The request does not wait for them. Never rejects. */
export function createPrismaEventLog(options: EventLogOptions): EventLog & { flushed(): Promise<void> } {
  const { client, labId, flow, variant, sender, clock, failed } = options;
  let written: Promise<void> = Promise.resolve();

  async function write(at: Instant, { type, userId, recordId, detail }: AuthEvent, onceIn: Duration): Promise<void> {
    const { ip, device } = sender;
    if (onceIn > 0) {
      const same = { labId, type, userId: userId ?? null, recordId: recordId ?? null, detail: detail ?? null };
      const from = { flow, variant, ip, device, at: { gt: BigInt(at - onceIn) } };
      if (await client.authEvent.findFirst({ where: { ...same, ...from } })) return;
    }
    // One statement: two writers at once would otherwise read the same number. Without the lab nothing is inserted.
    const inserted = await client.$executeRaw`
      INSERT INTO "AuthEvent"
        ("labId", "id", "at", "type", "userId", "recordId", "flow", "variant", "detail", "ip", "device")
      SELECT "id", COALESCE((SELECT MAX("id") FROM "AuthEvent" WHERE "labId" = ${labId}), 0) + 1,
        ${BigInt(at)}, ${type}, ${userId ?? null}, ${recordId ?? null}, ${flow}, ${variant}, ${detail ?? null},
        ${ip}, ${device}
      FROM "Lab" WHERE "id" = ${labId}`;
    // The lab was taken away from under it, and its events with it. That is no fault, and needs no stack.
    if (inserted === 0) failed(`The lab ${labId} was reset before this was written: ${type}`);
  }

  return {
    record(event, { onceIn } = { onceIn: 0 }) {
      const at = clock.now();
      written = written.then(() => write(at, event, onceIn)).catch(failed);
    },
    /** Resolves when all events so far are written, or have failed. */
    flushed: () => written,
  };
}

/** A lab's events, newest first; `before` is the id of the last one already read. */
export async function listEvents(
  client: PrismaClient,
  labId: string,
  { before, limit, userId, types, recordIds }: EventsWanted,
): Promise<readonly RecordedEvent[]> {
  const rows = await client.authEvent.findMany({
    where: {
      labId,
      ...(before !== undefined && { id: { lt: before } }),
      ...(userId !== undefined && { userId }),
      ...(types && { type: { in: [...types] } }),
      ...(recordIds && { recordId: { in: [...recordIds] } }),
    },
    orderBy: { id: "desc" },
    take: limit,
    omit: { labId: true },
  });
  return rows.map((row) => ({ ...row, at: instantOf(row.at) }));
}
