import type { FlowId, VariantId } from "../../core/ids.ts";
import type { AuthEvent, EventLog, EventsWanted, RecordedEvent } from "../../core/ports.ts";
import type { Client } from "../../core/request.ts";
import type { Clock, Instant } from "../../core/time.ts";
import type { PrismaClient } from "./generated/client.ts";

type EventLogOptions = {
  readonly client: PrismaClient;
  readonly labId: string;
  readonly flow: FlowId;
  readonly variant: VariantId;
  /** Who the request came from. */
  readonly sender: Client;
  /** The lab's. */
  readonly clock: Clock;
  /** Reports an event that could not be written. Writes are not awaited, so the error would otherwise be lost. */
  readonly failed: (error: unknown) => void;
};

/** Writes what one flow tells about one request, in order, without making the request wait. Never rejects. */
export function createPrismaEventLog(options: EventLogOptions): EventLog & { flushed(): Promise<void> } {
  const { client, labId, flow, variant, sender, clock, failed } = options;
  let written: Promise<void> = Promise.resolve();

  async function write(at: Instant, { type, userId, recordId, detail }: AuthEvent): Promise<void> {
    const { ip, device } = sender;
    const event = { type, userId: userId ?? null, recordId: recordId ?? null, detail: detail ?? null };
    await client.authEvent.createMany({ data: [{ labId, at: BigInt(at), ...event, flow, variant, ip, device }] });
  }

  return {
    record(event) {
      const at = clock.now();
      written = written.then(() => write(at, event)).catch(failed);
    },
    /** Resolves when everything recorded so far is written, or has failed. */
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
  return rows.map((row) => ({ ...row, at: Number(row.at) }));
}
