import { type ReactNode, Suspense } from "react";
import type { Exchange } from "@/lib/lab/feed/exchange.ts";
import { CoinsScreen } from "../../_account/coins-screen.tsx";
import { HistoryScreen } from "../../_account/history-screen.tsx";
import { SessionDataScreen } from "../../_account/session-data-screen.tsx";
import { hasGateway, heldBy, personIn, ruledBy, shownVariant, variantsOf } from "../../_browser/flow-info.ts";
import { ClaimsScreen } from "../../_claims/claims-screen.tsx";
import { TakenApartScreen } from "../../_credential/taken-apart-screen.tsx";
import { CookieAttributeTable } from "../../_exchanges/cookie-attributes.tsx";
import { ExchangePicker } from "../../_exchanges/exchange-picker.tsx";
import { lastSent, type SentCookie } from "../../_exchanges/set-cookie.ts";
import { SettingsScreen } from "../../_settings/settings-screen.tsx";
import { SourceScreen } from "../../_source/source-screen.tsx";
import { TimeScreen } from "../../_time-line/time-screen.tsx";
import { Card } from "../../_ui/card.tsx";
import { onUse } from "../../_ui/on-use.ts";
import { EmptyNote } from "../../_ui/pane.tsx";
import { StreamNote } from "../../_ui/stream-note.tsx";
import type { FlowParts, ShownExchange } from "./flow-parts.ts";
import { LimitsCard } from "./limits-card.tsx";
import { SessionsCard } from "./sessions-card.tsx";
import { useSessions } from "./use-sessions.ts";
import { VariantCard } from "./variant-card.tsx";

// On demand: one flow has payments, another one a gateway.
const PaymentScreen = onUse(() => import("../../_account/payment-screen.tsx").then((part) => part.PaymentScreen));
const GatewayScreen = onUse(() => import("../../_account/gateway-screen.tsx").then((part) => part.GatewayScreen));

type FurtherProps = FlowParts & ShownExchange & { readonly onPick: (exchange: Exchange) => void };

/** What the index names after the first screen, in its order. */
export function FurtherSections(props: FurtherProps) {
  const { flow, view, choice, acting, claimed, source, settingRows, picked, exchanges } = props;
  const held = heldBy(view, flow);
  const rules = ruledBy(view, flow, choice.picked[flow.id]);
  const chosen = shownVariant(view, flow, choice.picked[flow.id]);
  return (
    <>
      <Section id="taken-apart" title="Credential taken apart">
        {held.credentials.map((credential) => (
          <TakenApartScreen key={credential.name} flow={flow} held={held} credential={credential} />
        ))}
        <SetCookieCard sent={lastSent(flow, [], exchanges)} />
      </Section>
      <Section id="source" title="Source">
        <SourceScreen source={source} exchange={picked} variant={rules} />
      </Section>
      {chosen && (
        <Section id="claims" title="Claims and settings" columns>
          <ClaimsScreen variant={chosen} claimed={claimed} />
          <VariantCard flow={flow} variants={variantsOf(view, flow)} chosen={chosen} onChoose={choice.pick} />
          <Stack>
            <SettingsScreen
              rows={settingRows}
              title={flow.title}
              variant={chosen}
              settings={view.settings}
              alone={acting.alone}
            />
            {rules && <LimitsCard flow={flow} variant={rules} />}
          </Stack>
        </Section>
      )}
      <HistorySection {...props} />
      <Section id="try" title="With the login" columns>
        <CoinsScreen {...props} />
        <SessionDataScreen {...props} />
        <Suspense>
          {flow.payment && <PaymentScreen {...props} cookie={flow.payment.name} />}
          {variantsOf(view, flow).some(hasGateway) && <GatewayScreen {...props} />}
        </Suspense>
      </Section>
    </>
  );
}

function HistorySection(props: FurtherProps) {
  const { flow, view, lab, choice, acting, picked, exchanges, onPick } = props;
  const sessions = useSessions(lab, flow, acting);
  const held = heldBy(view, flow);
  const show = (exchange: Exchange) => {
    onPick(exchange);
    document.getElementById("now")?.scrollIntoView();
  };
  return (
    <Section id="history" title="History" columns>
      <Card title="Exchanges" label="Exchanges" note={<StreamNote state={lab.stream} />}>
        <ExchangePicker exchanges={exchanges} picked={picked} onPick={show} />
      </Card>
      <Stack>
        <SessionsCard
          username={personIn(held)}
          cannot={ruledBy(view, flow, choice.picked[flow.id])?.cannot.list}
          sessions={sessions}
          unanswered={held.unanswered}
          busy={acting.busy[flow.id] === "revoke"}
          onEnd={(id) => void acting.on(flow).endSession(id)}
        />
        <HistoryScreen {...props} />
      </Stack>
      <TimeScreen lab={lab} flows={[flow]} acting={acting} />
    </Section>
  );
}

type SectionProps = {
  readonly id: string;
  readonly title: string;
  /** Side by side, as many as fit. */
  readonly columns?: boolean;
  readonly children: ReactNode;
};

/** A part of the page that the index leads to. */
function Section({ id, title, columns = false, children }: SectionProps) {
  const layout = columns ? "grid-cols-[repeat(auto-fit,minmax(min(20rem,100%),1fr))]" : "grid-cols-[minmax(0,1fr)]";
  return (
    <div id={id} className="scroll-mt-16">
      <h2 className="sr-only">{title}</h2>
      <div className={`grid items-start gap-4 ${layout}`}>{children}</div>
    </div>
  );
}

function Stack({ children }: { children: ReactNode }) {
  return <div className="grid grid-cols-[minmax(0,1fr)] gap-4">{children}</div>;
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
