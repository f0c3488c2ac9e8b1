"use client";

import { useState } from "react";
import type { Answer } from "../_client/api.ts";
import { reauthenticate, transfer } from "../_client/flow-calls.ts";
import { CoinsCard } from "../_components/coins-card.tsx";
import { heldBy, personIn } from "../_components/flow-info.ts";
import type { Outcome } from "../_components/outcome-line.tsx";
import type { FlowParts } from "./flow-screen.tsx";
import { outcomeOf } from "./use-flow-acts.ts";

/** Coins move by whichever credential this flow has; the password to reauthenticate is the one in the login's field. */
export function CoinsScreen({ flow, view, lab, choice, acting }: FlowParts) {
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();

  async function run<T>(asked: string, call: () => Promise<Answer<T>>, tell: (body: T) => string): Promise<void> {
    setBusy(true);
    const answer = await acting.inTurn(flow, call);
    await lab.reread();
    setOutcome(outcomeOf(asked, answer, tell));
    setBusy(false);
  }

  return (
    <CoinsCard
      people={view.people}
      username={personIn(heldBy(view, flow)) ?? null}
      busy={busy}
      outcome={outcome}
      onTransfer={(to, amount) =>
        void run(
          "Transfer",
          () => transfer(flow, to, amount),
          ({ balance }) => `${amount} to ${to}, ${balance} left`,
        )
      }
      onReauthenticate={() =>
        void run(
          "Reauthenticate",
          () => reauthenticate(flow, choice.password),
          () => "this login is fresh, under a new credential",
        )
      }
    />
  );
}
