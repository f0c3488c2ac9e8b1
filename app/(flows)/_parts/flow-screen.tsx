"use client";

import { useState } from "react";
import type { FlowId } from "@/lib/core/ids.ts";
import type { FlowSource } from "@/lib/features/source/model.ts";
import type { CopiesView } from "@/lib/lab/feed/copies-view.ts";
import type { Exchange } from "@/lib/lab/feed/exchange.ts";
import { CoinsScreen } from "../../_account/coins-screen.tsx";
import { GatewayScreen } from "../../_account/gateway-screen.tsx";
import { HistoryScreen } from "../../_account/history-screen.tsx";
import { PaymentScreen } from "../../_account/payment-screen.tsx";
import { SessionDataScreen } from "../../_account/session-data-screen.tsx";
import { type LinkedChoice, useChoice } from "../../_browser/choice.ts";
import { heldBy, personIn, ruledBy, shownVariant, variantsOf } from "../../_browser/flow-info.ts";
import type { FlowProps } from "../../_browser/flow-props.ts";
import { type Lab, useLab } from "../../_browser/lab-provider.tsx";
import { useFlowActs } from "../../_browser/use-flow-acts.ts";
import { type Claimed, ClaimsScreen } from "../../_claims/claims-screen.tsx";
import { LazyStrip } from "../../_copies/lazy-strip.tsx";
import { TakenApartScreen } from "../../_credential/taken-apart-screen.tsx";
import { CookieAttributeTable } from "../../_exchanges/cookie-attributes.tsx";
import { ExchangePicker } from "../../_exchanges/exchange-picker.tsx";
import { exchangeKey, newestPersonRequest } from "../../_exchanges/person-requests.ts";
import { lastSent, type SentCookie } from "../../_exchanges/set-cookie.ts";
import { WhatHappened } from "../../_exchanges/what-happened.tsx";
import { LabNotices } from "../../_header/lab-notices.tsx";
import { LoginState } from "../../_panes/login-state.tsx";
import { SettingsScreen } from "../../_settings/settings-screen.tsx";
import { SourceScreen } from "../../_source/source-screen.tsx";
import { TimeScreen } from "../../_time-line/time-screen.tsx";
import { Card, CardFrame } from "../../_ui/card.tsx";
import { FlowIcon } from "../../_ui/flow-icon.tsx";
import { PageTitle } from "../../_ui/page-title.tsx";
import { EmptyNote } from "../../_ui/pane.tsx";
import { StreamNote } from "../../_ui/stream-note.tsx";
import { FlowControls } from "./flow-controls.tsx";
import { LimitsCard } from "./limits-card.tsx";
import { SessionsCard } from "./sessions-card.tsx";
import { ThreePanes } from "./three-panes.tsx";
import { useSessions } from "./use-sessions.ts";
import { VariantCard } from "./variant-card.tsx";

type FlowScreenProps = {
  readonly flowId: FlowId;
  readonly linked: LinkedChoice;
  readonly claimed: Claimed;
  readonly source: FlowSource;
};

/** The page of one flow: actions on the left, the three panes in the middle, the person's logins on the right. */
export function FlowScreen({ flowId, linked, ...given }: FlowScreenProps) {
  const lab = useLab();
  const choice = useChoice(lab, linked);
  const acting = useFlowActs(lab, choice);
  const flow = lab.flows.find(({ id }) => id === flowId);
  if (!flow) return null;
  return (
    <div data-flow={flow.id} className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <LabNotices lab={lab} />
      <PageTitle
        lead={
          <>
            {flow.trusts} {flow.therefore}
          </>
        }
      >
        <FlowIcon flow={flow.id} className="size-5.5" />
        {flow.title}
      </PageTitle>
      {lab.copies && <OwnCopies flow={flow.id} lab={lab} copies={lab.copies} />}
      {lab.view && <FlowInFull flow={flow} view={lab.view} lab={lab} choice={choice} acting={acting} {...given} />}
    </div>
  );
}

/** The flow's own rows of the verdict strip. */
function OwnCopies({ flow, lab, copies }: { flow: FlowId; lab: Lab; copies: CopiesView }) {
  const own = copies.copies.filter((copy) => copy.flow === flow);
  return (
    <LazyStrip
      copies={{ ...copies, copies: own }}
      flows={lab.flows}
      away={lab.stream === "lost" || lab.problem !== null}
    />
  );
}

type FlowParts = FlowProps & { readonly claimed: Claimed; readonly source: FlowSource };

/** In reading order: actions, panes, the variant's claims, the person's logins. */
function FlowInFull(parts: FlowParts) {
  const { flow, view, lab, choice } = parts;
  const [pinned, setPinned] = useState<string | null>(null);
  const held = heldBy(view, flow);
  const exchanges = lab.exchanges.filter((exchange) => exchange.flow === flow.id);
  // The page also requests the list of logins. The latest exchange is the latest one that the person caused.
  const newest = newestPersonRequest(exchanges);
  const picked = exchanges.find((exchange) => exchangeKey(exchange) === pinned) ?? newest;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 @4xl:grid-cols-[18.75rem_minmax(0,1fr)] @4xl:grid-rows-[auto_1fr] @7xl:grid-cols-[18.75rem_minmax(0,1fr)_19rem]">
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 @4xl:col-start-1 @4xl:row-start-1">
        <CardFrame label="Login" flow={flow.id}>
          <LoginState
            flow={flow}
            held={held}
            people={view.people}
            variant={ruledBy(view, flow, choice.picked[flow.id])}
            renewing={lab.renewing && flow.presents === "bearer"}
            away={lab.problem !== null}
          />
          <FlowControls {...parts} />
        </CardFrame>
        <Card title="Exchanges" label="Exchanges" note={<StreamNote state={lab.stream} />}>
          <ExchangePicker
            exchanges={exchanges}
            picked={picked}
            // Follows the newest exchange. An older one stays selected until the person picks another.
            onPick={(exchange) => setPinned(exchange === newest ? null : exchangeKey(exchange))}
          />
        </Card>
      </div>
      <FlowPanes {...parts} picked={picked} exchanges={exchanges} />
      <VariantInFull {...parts} />
      <LoginsAndLimits {...parts} />
    </div>
  );
}

type PickedExchange = { readonly picked: Exchange | undefined; readonly exchanges: readonly Exchange[] };

function FlowPanes({ picked, exchanges, ...parts }: FlowParts & PickedExchange) {
  const { flow, view, lab, choice } = parts;
  const held = heldBy(view, flow);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4 @4xl:col-start-2 @4xl:row-span-2 @4xl:row-start-1">
      <ThreePanes
        flow={flow}
        held={held}
        variant={ruledBy(view, flow, choice.picked[flow.id])}
        exchange={picked}
        sent={lastSent(flow, held.credentials, exchanges)}
        choice={view.settings.cookies}
        watching={lab.stream === "live"}
      />
      <WhatHappened flow={flow} exchange={picked} exchanges={exchanges} />
      <SourceScreen source={parts.source} exchange={picked} variant={ruledBy(view, flow, choice.picked[flow.id])} />
      <TimeScreen lab={lab} flows={[flow]} acting={parts.acting} />
      <GatewayScreen {...parts} />
      <SetCookieCard sent={lastSent(flow, [], exchanges)} />
      {held.credentials.map((credential) => (
        <TakenApartScreen key={credential.name} flow={flow} held={held} credential={credential} />
      ))}
    </div>
  );
}

function VariantInFull(parts: FlowParts) {
  const { flow, view, choice, claimed } = parts;
  const chosen = shownVariant(view, flow, choice.picked[flow.id]);
  if (!chosen) return null;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4 @4xl:col-start-1 @4xl:row-start-2">
      <VariantCard flow={flow} variants={variantsOf(view, flow)} chosen={chosen} onChoose={choice.pick} />
      <SettingsScreen {...parts} />
      <ClaimsScreen variant={chosen} claimed={claimed} />
    </div>
  );
}

function SetCookieCard({ sent }: { sent: readonly SentCookie[] }) {
  return (
    <Card title="Set-Cookie, word by word" label="Set-Cookie" note="as it was last sent">
      {sent.length === 0 && <EmptyNote>This page has seen no Set-Cookie line yet. Log in to see one.</EmptyNote>}
      {sent.map((cookie) => (
        <CookieAttributeTable key={cookie.name} cookie={cookie} />
      ))}
    </Card>
  );
}

function LoginsAndLimits(parts: FlowParts) {
  const { flow, view, lab, choice, acting } = parts;
  const sessions = useSessions(lab, flow, acting);
  const rules = ruledBy(view, flow, choice.picked[flow.id]);
  return (
    <aside
      className="grid grid-cols-[minmax(0,1fr)] gap-4 @4xl:col-span-2 @4xl:grid-cols-2 @7xl:col-span-1 @7xl:col-start-3 @7xl:row-span-2 @7xl:row-start-1 @7xl:grid-cols-1"
      aria-label="Logins and limits"
    >
      <SessionsCard
        username={personIn(heldBy(view, flow))}
        cannot={rules?.cannot.list}
        sessions={sessions}
        unanswered={heldBy(view, flow).unanswered}
        busy={acting.busy[flow.id] === "revoke"}
        onEnd={(id) => void acting.on(flow).endSession(id)}
      />
      <HistoryScreen {...parts} />
      <CoinsScreen {...parts} />
      <SessionDataScreen {...parts} />
      <PaymentScreen {...parts} />
      {rules && <LimitsCard flow={flow} variant={rules} />}
    </aside>
  );
}
