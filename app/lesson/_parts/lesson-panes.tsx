"use client";

import { useMemo } from "react";
import type { FlowId } from "@/lib/core/ids.ts";
import type { LessonFrame } from "@/lib/features/lessons/model.ts";
import type { FlowInfo } from "../../_browser/flow-info.ts";
import { createLabClock } from "../../_browser/lab-clock.ts";
import { useLab } from "../../_browser/lab-provider.tsx";
import { newestPersonRequest } from "../../_exchanges/person-requests.ts";
import { lastSent } from "../../_exchanges/set-cookie.ts";
import { BrowserPane } from "../../_panes/browser-pane.tsx";
import { LoginState } from "../../_panes/login-state.tsx";
import { ServerPane } from "../../_panes/server-pane.tsx";
import { WirePane } from "../../_panes/wire-pane.tsx";
import { FlowIcon } from "../../_ui/flow-icon.tsx";
import { type LabTime, LabTimeProvider } from "../../_ui/lab-time.tsx";
import { ScrollRegion } from "../../_ui/scroll-region.tsx";

type LessonPanesProps = {
  readonly frame: LessonFrame;
  readonly flows: readonly FlowId[];
  readonly chosen: FlowId | null;
  readonly onChoose: (flow: FlowId) => void;
  /** A later step was played, so the clock stands as it did then. */
  readonly isRecorded: boolean;
};

/** The dashboard's panes of one flow, in the lab of the lesson. */
export function LessonPanes({ frame, flows, chosen, onChoose, isRecorded }: LessonPanesProps) {
  const lab = useLab();
  const shown = lab.flows.filter(({ id }) => flows.includes(id));
  const flow = shown.find(({ id }) => id === chosen) ?? shown[0];
  const { clock } = frame.panes;
  const time = useMemo(() => (isRecorded ? standing(clock.now) : running(clock)), [clock, isRecorded]);
  if (!flow) return null;
  return (
    <LabTimeProvider time={time}>
      {shown.length > 1 && <FlowChoice flows={shown} chosen={flow} onChoose={onChoose} />}
      <Panes frame={frame} flow={flow} />
    </LabTimeProvider>
  );
}

type FlowChoiceProps = {
  readonly flows: readonly FlowInfo[];
  readonly chosen: FlowInfo;
  readonly onChoose: (flow: FlowId) => void;
};

function FlowChoice({ flows, chosen, onChoose }: FlowChoiceProps) {
  return (
    <fieldset aria-label="Flow" className="mb-3 flex flex-wrap gap-1.5">
      {flows.map(({ id, title }, number) => (
        <button
          key={id}
          type="button"
          data-flow={id}
          aria-pressed={id === chosen.id}
          onClick={() => onChoose(id)}
          className={`flex min-h-8 items-center gap-1.5 rounded-[0.3125rem] border px-2.5 text-sm ${id === chosen.id ? "border-flow bg-flow-ground font-semibold" : "border-strong text-dim hover:bg-sunk"}`}
        >
          <kbd className="font-mono text-xs text-dim">{number + 1}</kbd>
          <FlowIcon flow={id} className="size-4" />
          {title}
        </button>
      ))}
    </fieldset>
  );
}

function Panes({ frame, flow }: { readonly frame: LessonFrame; readonly flow: FlowInfo }) {
  const { held: all, people, variants, cookies, exchanges } = frame.panes;
  const held = all[flow.id];
  const variant = variants.find((each) => each.flow === flow.id);
  if (!held) return null;
  const own = exchanges.filter((exchange) => exchange.flow === flow.id);
  const sent = lastSent(flow, held.credentials, own);
  const pane = "border-line py-2 max-lg:border-t lg:border-l lg:px-3";
  return (
    <div data-flow={flow.id} className="border-t border-line pt-2">
      <h2 className="sr-only">{flow.title}</h2>
      <LoginState flow={flow} held={held} people={people} variant={variant} renewing={false} away={false} />
      <ScrollRegion label="Panes" className="mt-2 grid grid-cols-1 lg:grid-cols-3">
        <BrowserPane flow={flow} held={held} sent={sent} className="py-2 lg:pr-3" />
        <WirePane
          flow={flow}
          held={held}
          sent={sent}
          choice={cookies}
          watching
          last={newestPersonRequest(own)}
          className={pane}
        />
        <ServerPane flow={flow} held={held} variant={variant} className={pane} />
      </ScrollRegion>
    </div>
  );
}

function standing(now: string): LabTime {
  const at = Date.parse(now);
  return { subscribe: () => () => undefined, read: () => at, readFirst: () => at };
}

function running(clock: LessonFrame["panes"]["clock"]): LabTime {
  const ticking = createLabClock(clock);
  ticking.set(clock, Date.now());
  return ticking;
}
