import type { LabView } from "@/lib/lab/lab-view.ts";
import { type FlowInfo, heldBy } from "../flow-info.ts";

const parts = ["people", "settings", "weaknesses"] as const;

/**
 * What is another thing since the server did not answer: the logins of this browser, and the parts of the lab. `null`: the
 * lab is a new one, which is told for itself.
 */
export function changedWhileAway(flows: readonly FlowInfo[], before: LabView, now: LabView): readonly string[] | null {
  if (before.lab.id !== now.lab.id || before.lab.madeAt !== now.lab.madeAt) return null;
  const isIn = (view: LabView, flow: FlowInfo) => heldBy(view, flow).login.accepted;
  const logins = flows
    .filter((flow) => isIn(before, flow) !== isIn(now, flow))
    .map((flow) => `${flow.title} is ${isIn(now, flow) ? "accepted" : "no longer accepted"}`);
  const others = parts.filter((part) => JSON.stringify(before[part]) !== JSON.stringify(now[part]));
  return [...logins, ...others.map((part) => `${part} changed`)];
}
