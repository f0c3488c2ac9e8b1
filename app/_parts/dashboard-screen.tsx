"use client";

import { type LinkedChoice, useChoice } from "../_browser/choice.ts";
import type { FlowInfo } from "../_browser/flow-info.ts";
import { chooseLifetimes } from "../_browser/lab-calls.ts";
import { type Lab, useLab } from "../_browser/lab-provider.tsx";
import { newestFirst } from "../_browser/use-exchanges.ts";
import { type FlowActing, useFlowActs } from "../_browser/use-flow-acts.ts";
import { usePlugs } from "../_browser/use-plugs.ts";
import { LazyStrip } from "../_copies/lazy-strip.tsx";
import { PhoneBar } from "../_devices/phone-bar.tsx";
import { useDevices } from "../_devices/use-devices.ts";
import { ExchangeList } from "../_exchanges/exchange-list.tsx";
import { LabNotices } from "../_header/lab-notices.tsx";
import { TimeScreen } from "../_time-line/time-screen.tsx";
import { Card } from "../_ui/card.tsx";
import { StreamNote } from "../_ui/stream-note.tsx";
import { FlowColumn } from "./flow-column.tsx";
import { PlugScreen } from "./plug-screen.tsx";
import { ResultHeading } from "./result-heading.tsx";
import { WhoBar } from "./who-bar.tsx";

type DashboardScreenProps = {
  readonly linked: LinkedChoice;
};

/** All flows side by side: log in, pull a plug, and see which copies still get in, and what each side holds. */
export function DashboardScreen({ linked }: DashboardScreenProps) {
  const lab = useLab();
  const choice = useChoice(lab, linked);
  const acting = useFlowActs(lab, choice);
  const plugs = usePlugs(acting);
  const devices = useDevices(lab, choice);
  const { view, flows, copies } = lab;
  if (!view) return <LabNotices lab={lab} />;
  return (
    <>
      <LabNotices lab={lab} />
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2.5 [[data-size=room]_&]:justify-start [[data-size=room]_&]:gap-x-8">
        <WhoBar
          view={view}
          choice={choice}
          flows={flows.length}
          onLogin={() => onAll(flows, (flow) => acting.on(flow).login())}
          onPhone={() =>
            plugs.pullEach(
              "Log in on a phone",
              flows.map((flow) => ({ flow, act: () => devices.logInOnPhone(flow) })),
            )
          }
          onSend={() => onAll(flows, (flow) => acting.on(flow).send())}
          onLifetimes={(preset) =>
            void plugs.pull(
              "Lifetimes",
              () => chooseLifetimes(preset),
              "set for the next logins; live logins keep their ends",
            )
          }
        />
        <PlugScreen lab={lab} view={view} choice={choice} acting={acting} plugs={plugs} devices={devices} />
      </div>
      <ResultHeading view={view} flows={flows} copies={copies} />
      {copies && <LazyStrip copies={copies} flows={flows} away={lab.stream === "lost" || lab.problem !== null} />}
      <PhoneBar flows={flows} holding={devices.view.phone} onChange={devices.reread} />
      <div className="flow-grid">
        {flows.map((flow) => (
          <Column key={flow.id} flow={flow} lab={lab} choice={choice} acting={acting} />
        ))}
      </div>
      <TimeScreen lab={lab} flows={flows} acting={acting} />
      <Card title="Exchanges" note={<StreamNote state={lab.stream} />} label="Exchanges">
        <ExchangeList exchanges={[...lab.exchanges, ...lab.unproved].sort(newestFirst)} flows={flows} />
      </Card>
    </>
  );
}

/** Acts on all flows at the same time, so that a slow one does not delay the others. */
function onAll<T>(flows: readonly FlowInfo[], act: (flow: FlowInfo) => Promise<T>): Promise<readonly T[]> {
  return Promise.all(flows.map(act));
}

type ColumnProps = {
  readonly flow: FlowInfo;
  readonly lab: Lab;
  readonly choice: ReturnType<typeof useChoice>;
  readonly acting: FlowActing;
};

function Column({ flow, lab, choice, acting }: ColumnProps) {
  const { view, exchanges, renewing } = lab;
  if (!view) return null;
  const acts = acting.on(flow);
  return (
    <FlowColumn
      flow={flow}
      view={view}
      copies={lab.copies}
      exchanges={exchanges.filter((exchange) => exchange.flow === flow.id)}
      watching={lab.stream === "live"}
      picked={choice.picked[flow.id]}
      onPick={choice.pick}
      renewing={renewing && flow.presents === "bearer"}
      away={lab.problem !== null}
      busy={acting.busy[flow.id]}
      outcome={acting.outcomes[flow.id]}
      acts={acts}
      href={`/${flow.id}${choice.query(flow.id)}`}
    />
  );
}
