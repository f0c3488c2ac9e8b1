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
import { laneOf } from "./lane-of.ts";
import { TimeLine } from "./time-line.tsx";

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
