import type { LabView } from "@/lib/lab/lab-view.ts";
import { type FlowInfo, heldBy, renewableRecord } from "../flow-info.ts";

type Views = { readonly before: LabView | null; readonly after: LabView | null };

/**
 * Which of this browser's logins an action ended, as the end of a sentence about the action. Empty: there was no
 * accepted login, or the lab was not read again.
 */
export function lostLoginsWords(flows: readonly FlowInfo[], { before, after }: Views): string {
  if (!before || !after || before.clock.systemNow === after.clock.systemNow) return "";
  const accepted = flows.filter((flow) => heldBy(before, flow).login.accepted);
  const lost = accepted.filter((flow) => !heldBy(after, flow).login.accepted);
  if (accepted.length === 0) return "";
  if (lost.length === 0) return "; no login of this browser ended by it";
  return `; no longer accepted: ${lost.map((flow) => inWords(flow, after)).join(", ")}`;
}

function inWords(flow: FlowInfo, after: LabView): string {
  return renewableRecord(after, flow) ? `${flow.title} (until a refresh)` : flow.title;
}
