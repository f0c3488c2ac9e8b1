import type { RecordView } from "@/lib/lab/feed/record-view.ts";
import type { LabView } from "@/lib/lab/lab-view.ts";
import { type FlowInfo, heldBy, renewableRecord } from "../_browser/flow-info.ts";
import type { Lab } from "../_browser/lab-provider.tsx";
import { lastSent } from "../_exchanges/set-cookie.ts";
import type { TimeLineEnd, TimeLineLane } from "./time-line.tsx";

type Seen = Pick<Lab, "view" | "exchanges">;

/** When this browser's login in one flow ends: by its access token, or else by the credential that renews the token. */
export function laneOf({ view, exchanges }: Seen, flow: FlowInfo): TimeLineLane {
  const lane = { flow: flow.id, title: flow.title };
  if (!view) return { ...lane, who: "not logged in", accepted: false, ends: [] };
  const { login } = heldBy(view, flow);
  const ends = (own: readonly TimeLineEnd[]) =>
    [...own, ...cookieEnds({ view, exchanges }, flow)].sort((a, b) => a.at - b.at);
  if (login.accepted) {
    const own = (Object.entries(login.ends) as [TimeLineEnd["name"], string][]).map(([name, at]) => end(name, at));
    return { ...lane, who: login.user.username, accepted: true, ends: ends(own) };
  }
  const who = login.code === "NO_CREDENTIAL" ? "not logged in" : `refused ${login.code}`;
  const renewing = renewableRecord(view, flow);
  if (!renewing) return { ...lane, who, accepted: false, ends: [] };
  const renewable = `${login.code === "NO_CREDENTIAL" ? "no access token" : who}, ${renewing.username} can refresh`;
  return { ...lane, who: renewable, accepted: false, ends: ends(recordEnds(renewing)) };
}

function end(name: TimeLineEnd["name"], at: string): TimeLineEnd {
  return { name, at: Date.parse(at) };
}

/** The ends by the names that an accepted login has for them. */
function recordEnds({ kind, idleEndsAt, endsAt }: RecordView): readonly TimeLineEnd[] {
  if (kind === "refresh family") return [end("refresh", endsAt)];
  return [...(idleEndsAt === null ? [] : [end("idle", idleEndsAt)]), end("absolute", endsAt)];
}

/**
 * When the browser deletes the cookie. It uses its own clock,
 * so a move of the lab's clock does not bring this nearer.
 */
function cookieEnds({ view, exchanges }: Seen & { view: LabView }, flow: FlowInfo): readonly TimeLineEnd[] {
  const ends = lastSent(flow, heldBy(view, flow).credentials, exchanges).flatMap(({ maxAge, deletes, exchange }) => {
    if (maxAge === null || deletes) return [];
    const sentAt = exchange.at - exchange.clockOffset;
    return [sentAt + maxAge * 1000 + view.clock.offsetSeconds * 1000];
  });
  return ends.length > 0 ? [{ name: "cookie", at: Math.max(...ends) }] : [];
}
