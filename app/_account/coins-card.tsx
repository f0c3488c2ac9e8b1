"use client";

import { useState } from "react";
import type { PersonView } from "@/lib/lab/lab-view.ts";
import { Card } from "../_ui/card.tsx";
import { Button } from "../_ui/controls/button.tsx";
import { SelectField } from "../_ui/controls/select.tsx";
import { type Outcome, OutcomeLine } from "../_ui/outcome-line.tsx";

type CoinsCardProps = {
  /** All people of the lab, with their balance. */
  readonly people: readonly PersonView[];
  /** The person whose login is accepted in this browser, if there is one. */
  readonly username: string | null;
  readonly busy: boolean;
  readonly outcome: Outcome | undefined;
  readonly onTransfer: (to: string, amount: number) => void;
  readonly onReauthenticate: () => void;
};

const amounts = [1, 10, 60];

/** Moves coins: the action that a forged request would want. A large amount needs a fresh login. */
export function CoinsCard({ people, username, busy, outcome, onTransfer, onReauthenticate }: CoinsCardProps) {
  const [to, setTo] = useState("");
  const others = people.filter((person) => person.username !== username);
  const receiver = others.find((person) => person.username === to) ?? others[0];
  const unavailable = username === null ? "A transfer needs an accepted login." : undefined;
  return (
    <Card title="Coins" label="Coins" note="above 50: fresh login needed">
      <dl className="grid grid-cols-[1fr_auto] gap-y-0.5 text-13">
        {people.map((person) => (
          <div key={person.id} className="col-span-2 grid grid-cols-subgrid">
            <dt className={person.username === username ? "font-semibold" : "text-dim"}>{person.username}</dt>
            <dd className="figures text-right font-mono">{person.balance}</dd>
          </div>
        ))}
      </dl>
      <div className="mt-2.5 flex flex-wrap items-center gap-1.5">
        <SelectField
          label="To"
          place="beside"
          size="small"
          value={receiver?.username ?? ""}
          options={others.map(({ username }) => ({ value: username, label: username }))}
          onChoose={setTo}
        />
        {amounts.map((amount) => (
          <Button
            key={amount}
            label={`Transfer ${amount}`}
            busy={busy}
            unavailable={unavailable}
            onPress={() => receiver && onTransfer(receiver.username, amount)}
          >
            {amount}
          </Button>
        ))}
        <Button busy={busy} unavailable={unavailable} onPress={onReauthenticate}>
          Reauthenticate
        </Button>
      </div>
      <OutcomeLine outcome={outcome} />
    </Card>
  );
}
