"use client";

import { useState } from "react";
import { fetchOrders } from "../_browser/flow-calls.ts";
import { hasGateway, heldBy, variantsOf } from "../_browser/flow-info.ts";
import type { FlowProps } from "../_browser/flow-props.ts";
import { outcomeOf } from "../_browser/use-flow-acts.ts";
import type { Outcome } from "../_ui/outcome-line.tsx";
import { GatewayCard } from "./gateway-card.tsx";

/** For variants with a gateway: sends one request and shows its two exchanges. */
export function GatewayScreen({ flow, view, lab, acting }: FlowProps) {
  const [busy, setBusy] = useState(false);
  const [reveal, setReveal] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();
  const through = variantsOf(view, flow).filter(hasGateway);
  const { login } = heldBy(view, flow);
  const goesOn = login.accepted && through.some(({ id }) => id === login.variant);
  const titles = through.map(({ title }) => title).join(" or ");

  async function send(): Promise<void> {
    setBusy(true);
    const answer = await acting.inTurn(flow, () => fetchOrders(flow));
    await lab.reread();
    setOutcome(outcomeOf("Fetch orders", answer, ({ milliseconds }) => `the service answered in ${milliseconds} ms`));
    setBusy(false);
  }

  return (
    <GatewayCard
      unavailable={goesOn ? undefined : `The application calls the service only for a login with ${titles}.`}
      busy={busy}
      outcome={outcome}
      outer={lab.exchanges.find(({ request }) => request.path === `/api/${flow.id}/orders`)}
      inner={lab.exchanges.find(({ request }) => request.path === "/api/services/orders")}
      reveal={reveal}
      onSend={() => void send()}
      onReveal={() => setReveal(!reveal)}
    />
  );
}
