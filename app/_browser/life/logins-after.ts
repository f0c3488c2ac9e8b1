import type { LabView } from "@/lib/lab/lab-view.ts";
import type { FlowOutcome } from "../../_ui/outcome-line.tsx";
import { type FlowInfo, heldBy, renewableRecord } from "../flow-info.ts";

type Views = { readonly before: LabView | null; readonly after: LabView | null };

/**
 * What the server says of each flow's login in this browser after an action on the whole lab. Of a flow without a
 * credential there is nothing to say, nor where the lab was not read again.
 */
export function loginsAfter(flows: readonly FlowInfo[], { before, after }: Views): readonly FlowOutcome[] {
  if (!before || !after || before.clock.systemNow === after.clock.systemNow) return [];
  return flows
    .filter((flow) => [before, after].some((view) => heldBy(view, flow).credentials.length > 0))
    .map((flow) => ({ flow: flow.id, title: flow.title, words: inWords(flow, before, after) }));
}

function inWords(flow: FlowInfo, before: LabView, after: LabView): string {
  const was = heldBy(before, flow);
  const { login, credentials } = heldBy(after, flow);
  if (!login.accepted) {
    const until = renewableRecord(after, flow) ? ", until a refresh" : "";
    return `${was.login.accepted ? "" : "still "}refused ${login.code}${until}`;
  }
  if (!was.login.accepted) return "accepted again";
  const { id, role } = login.user;
  if (after.people.some((person) => person.id === id && person.role !== role)) return `still accepted, as ${role}`;
  if (role !== was.login.user.role) return `accepted, as ${role} now`;
  const isNew = credentials.some(({ name, value }) =>
    was.credentials.some((old) => old.name === name && old.value !== value),
  );
  return isNew ? "accepted, with a new credential" : "still accepted";
}
