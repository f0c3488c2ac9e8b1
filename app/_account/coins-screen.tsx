"use client";

import { useState } from "react";
import type { Answer } from "../_browser/api.ts";
import { reauthenticate, transfer } from "../_browser/flow-calls.ts";
import { heldBy, personIn } from "../_browser/flow-info.ts";
import type { FlowProps } from "../_browser/flow-props.ts";
import { outcomeOf } from "../_browser/use-flow-acts.ts";
import type { Outcome } from "../_ui/outcome-line.tsx";
import { CoinsCard } from "./coins-card.tsx";

/** Transfers coins with this flow's credential. Reauthenticates with the password in the login's field. */
export function CoinsScreen({ flow, view, lab, choice, acting }: FlowProps) {
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
