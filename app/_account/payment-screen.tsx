"use client";

import { useState } from "react";
import type { Answer } from "../_browser/api.ts";
import { heldBy, personIn } from "../_browser/flow-info.ts";
import type { FlowProps } from "../_browser/flow-props.ts";
import { outcomeOf } from "../_browser/use-flow-acts.ts";
import type { Outcome } from "../_ui/outcome-line.tsx";
import { endPayment, lookAtPayment, openPayment, type PaymentTimes, pay } from "./payment-calls.ts";
import { PaymentCard, paymentAmount } from "./payment-card.tsx";

type PaymentScreenProps = FlowProps & {
  /** The name of its cookie. */
  readonly cookie: string;
};

/** The payment session beside this flow’s login. */
export function PaymentScreen({ flow, view, lab, acting, cookie }: PaymentScreenProps) {
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();
  const [endsAt, setEndsAt] = useState<string | null>(null);
  const username = personIn(heldBy(view, flow));
  const receiver = view.people.find((person) => person.username !== username)?.username;

  async function run<T>(asked: string, call: () => Promise<Answer<T>>, tell: (body: T) => string) {
    setBusy(true);
    const answer = await acting.inTurn(flow, call);
    await lab.reread();
    // A refusal for a missing session shows that there is none. Other refusals do not tell whether one is open.
    if (!answer.ok && answer.status === 401) setEndsAt(null);
    setOutcome(outcomeOf(asked, answer, tell));
    setBusy(false);
    return answer;
  }

  async function times(asked: string, call: () => Promise<Answer<PaymentTimes>>, told: string) {
    const answer = await run(asked, call, () => told);
    if (answer.ok) setEndsAt(answer.body.expiresAt);
  }

  return (
    <PaymentCard
      cookie={cookie}
      username={username}
      endsAt={endsAt}
      receiver={receiver}
      busy={busy}
      outcome={outcome}
      onOpen={() => void times("Open", () => openPayment(flow), "a payment session is open beside this login")}
      onLook={() => void times("Look", () => lookAtPayment(flow), "it is open")}
      onPay={() =>
        void run(
          "Pay",
          () => pay(flow, receiver ?? "", paymentAmount),
          ({ balance }) => `${paymentAmount} to ${receiver}, ${balance} left`,
        )
      }
      onEnd={() =>
        void run(
          "End",
          () => endPayment(flow),
          () => "no payment session is open; the login goes on",
        ).then(({ ok }) => ok && setEndsAt(null))
      }
    />
  );
}
