import type { LabView } from "@/lib/lab/lab-view.ts";
import { type FlowInfo, heldBy, ownRecord } from "../_browser/flow-info.ts";
import { isLive } from "../_browser/life/record-life.ts";

/** The number of live logins that a page knows of: those with a record, and this browser's own where none is kept. */
export function loginsIn(view: LabView, flows: readonly FlowInfo[]): number {
  const now = Date.parse(view.clock.now);
  const counts = flows.map((flow) => {
    const held = heldBy(view, flow);
    const recorded = held.records?.filter((record) => isLive(record, now)).length ?? 0;
    return recorded + (held.login.accepted && !ownRecord(held) ? 1 : 0);
  });
  return counts.reduce((sum, count) => sum + count, 0);
}
