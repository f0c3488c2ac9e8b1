import type { HeldThen } from "./exchange.ts";
import type { RecordView } from "./record-view.ts";

/** What one exchange may add for this, in bytes of JSON: sixty of them are kept for each watched lab. */
export const mostHeldBytes = 64 * 1024;

/** The same within that size. The oldest records are left out first, of the list that has more. */
export function boundedHeld({ before, after }: HeldThen): HeldThen {
  let held: HeldThen = { before, after };
  while (bytesOf(held) > mostHeldBytes) {
    const longer = (held.before?.length ?? 0) > (held.after?.length ?? 0) ? "before" : "after";
    held = { ...held, [longer]: held[longer]?.slice(0, -1) ?? null };
  }
  return held;
}

function bytesOf(held: Readonly<Record<string, readonly RecordView[] | null>>): number {
  return new TextEncoder().encode(JSON.stringify(held)).length;
}
