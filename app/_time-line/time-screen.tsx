"use client";

import { duration } from "@/lib/core/time.ts";
import { type FlowInfo, heldBy } from "../_browser/flow-info.ts";
import { advanceClock } from "../_browser/lab-calls.ts";
import type { Lab } from "../_browser/lab-provider.tsx";
import type { FlowActing } from "../_browser/use-flow-acts.ts";
import { usePlugs } from "../_browser/use-plugs.ts";
import { lastSent, unseenCookies } from "../_exchanges/set-cookie.ts";
import { Card } from "../_ui/card.tsx";
import { OutcomeLine } from "../_ui/outcome-line.tsx";
import { TimeLine, type TimeLineEnd, type TimeLineLane } from "./time-line.tsx";

/** The most that a lab's clock can be moved in all, as in `POST /api/lab/clock`. */
const mostSeconds = 400 * 86_400;

type TimeScreenProps = { readonly lab: Lab; readonly flows: readonly FlowInfo[]; readonly acting: FlowActing };

/** The ends of the live logins of these flows, and a handle for the lab's clock. */
export function TimeScreen({ lab, flows, acting }: TimeScreenProps) {
  const plugs = usePlugs(acting);
  const { view } = lab;
  if (!view) return null;
  const move = (seconds: number) =>
    void plugs.pull(`Clock +${duration(seconds * 1000)}`, () => advanceClock(seconds), "moved");
  return (
    <Card title="Time line" label="Time line" note={`when the live logins end by themselves${unseen(lab, flows)}`}>
      <TimeLine
        lanes={flows.map((flow) => laneOf(lab, flow))}
        busy={plugs.busy}
        secondsLeft={mostSeconds - view.clock.offsetSeconds}
        onMove={move}
      />
      <OutcomeLine outcome={plugs.outcome} />
    </Card>
  );
}

function laneOf(lab: Lab, flow: FlowInfo): TimeLineLane {
  const { view } = lab;
  const login = view ? heldBy(view, flow).login : null;
  const lane = { flow: flow.id, title: flow.title };
  if (!login?.accepted) {
    const who = !login || login.code === "NO_CREDENTIAL" ? "not logged in" : `refused ${login.code}`;
    return { ...lane, who, accepted: false, ends: [] };
  }
  const own = (Object.entries(login.ends) as [TimeLineEnd["name"], string][]).map(([name, at]) => ({
    name,
    at: Date.parse(at),
  }));
  const ends = [...own, ...cookieEnds(lab, flow)].sort((a, b) => a.at - b.at);
  return { ...lane, who: login.user.username, accepted: true, ends };
}

/** The lanes whose Max-Age is unknown, because the page did not see the Set-Cookie line. */
function unseen({ view, exchanges, stream }: Lab, flows: readonly FlowInfo[]): string {
  if (!view || stream !== "live") return "";
  const titles = flows
    .filter((flow) => {
      const { login, credentials } = heldBy(view, flow);
      return login.accepted && unseenCookies(flow, credentials, lastSent(flow, credentials, exchanges)).length > 0;
    })
    .map(({ title }) => title);
  return titles.length === 0
    ? ""
    : `; a Max-Age sent before this page began to watch is not known: ${titles.join(", ")}`;
}

/**
 * When the browser deletes the cookie. It uses its own clock,
 * so a move of the lab's clock does not bring this nearer.
 */
function cookieEnds({ view, exchanges }: Lab, flow: FlowInfo): readonly TimeLineEnd[] {
  const ends = lastSent(flow, view ? heldBy(view, flow).credentials : [], exchanges).flatMap(
    ({ maxAge, deletes, exchange }) => {
      if (maxAge === null || deletes || !view) return [];
      const sentAt = exchange.at - exchange.clockOffset;
      return [sentAt + maxAge * 1000 + view.clock.offsetSeconds * 1000];
    },
  );
  return ends.length > 0 ? [{ name: "cookie", at: Math.max(...ends) }] : [];
}
