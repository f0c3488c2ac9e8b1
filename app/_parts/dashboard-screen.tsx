"use client";

import { PasswordField, PersonChoice, RememberChoice } from "../_account/choices.tsx";
import { type LinkedChoice, useChoice } from "../_browser/choice.ts";
import type { FlowInfo } from "../_browser/flow-info.ts";
import { type Lab, useLab } from "../_browser/lab-provider.tsx";
import { newestFirst } from "../_browser/use-exchanges.ts";
import { type FlowActing, useFlowActs } from "../_browser/use-flow-acts.ts";
import { ExchangeList } from "../_exchanges/exchange-list.tsx";
import { LabNotices } from "../_header/lab-notices.tsx";
import { TimeScreen } from "../_time-line/time-screen.tsx";
import { Card } from "../_ui/card.tsx";
import { Button } from "../_ui/controls/button.tsx";
import { capital, numberWord } from "../_ui/number-words.ts";
import { PageTitle } from "../_ui/page-title.tsx";
import { StreamNote } from "../_ui/stream-note.tsx";
import { FlowColumn } from "./flow-column.tsx";
import { PlugScreen } from "./plug-screen.tsx";

type DashboardScreenProps = {
  readonly linked: LinkedChoice;
};

/** All flows side by side: log in, send requests, pull a plug, and see the credentials and records of each. */
export function DashboardScreen({ linked }: DashboardScreenProps) {
  const lab = useLab();
  const choice = useChoice(lab, linked);
  const acting = useFlowActs(lab, choice);
  const { view, flows } = lab;
  if (!view) return <LabNotices lab={lab} />;
  const count = numberWord(flows.length);
  return (
    <>
      <LabNotices lab={lab} />
      <div className="flex flex-wrap items-center gap-2.5">
        <span className="mr-3.5">
          <PageTitle small>{capital(count)} ways to stay logged in</PageTitle>
        </span>
        <PersonChoice people={view.people} chosen={choice.person} onChoose={choice.choosePerson} />
        <Button kind="primary" size="normal" onPress={() => void onAll(flows, (flow) => acting.on(flow).login())}>
          Log in with all {count}
        </Button>
        <Button size="normal" onPress={() => void onAll(flows, (flow) => acting.on(flow).send())}>
          Send a request with each
        </Button>
        <span className="flex flex-wrap items-center gap-x-4 gap-y-2 xl:ml-auto">
          <PasswordField password={choice.password} onType={choice.typePassword} />
          <RememberChoice remember={choice.remember} onChoose={choice.chooseRemember} />
        </span>
      </div>
      <PlugScreen lab={lab} view={view} choice={choice} acting={acting} />
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
