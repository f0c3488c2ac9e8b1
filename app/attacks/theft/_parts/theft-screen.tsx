"use client";

import { useState } from "react";
import type { CredentialKind } from "@/lib/core/credential.ts";
import type { Strictness } from "@/lib/core/settings.ts";
import { bindings, type SenderTold, type TheftPlay } from "@/lib/features/attacks/theft/model.ts";
import { writeParameters } from "../../../_browser/address.ts";
import { Button } from "../../../_ui/controls/button.tsx";
import { Segmented } from "../../../_ui/controls/segmented.tsx";
import { SelectField } from "../../../_ui/controls/select.tsx";
import { AttackFrame } from "../../_parts/attack-frame.tsx";
import { AttackTitle } from "../../_parts/attack-title.tsx";
import { NotPlayed } from "../../_parts/not-played.tsx";
import { useVariantPlays } from "../../_parts/use-variant-plays.ts";
import { variantOptions } from "../../_parts/variant-options.ts";
import { EveryVariant } from "./every-variant.tsx";
import { SenderRows } from "./sender-rows.tsx";
import type { StolenVariant } from "./stolen.ts";
import { headingOf } from "./theft-heading.ts";
import { TheftPanes } from "./theft-panes.tsx";
import { bindingTitles } from "./theft-words.ts";

type ScreenProps = {
  readonly variants: readonly StolenVariant[];
  readonly senders: readonly SenderTold[];
  /** The client that each login is given to. */
  readonly home: Pick<SenderTold, "userAgent" | "address">;
  /** The variant in the address. */
  readonly linked: string | null;
};

/** Where the page begins: a session id, whose record knows the client that it was given to. */
const usual = "server-session/sql";

/** A stolen credential from other clients, under each binding. */
export function TheftScreen(props: ScreenProps) {
  return (
    <AttackFrame isWhite>
      <Theft {...props} />
    </AttackFrame>
  );
}

function Theft({ variants, senders, home, linked }: ScreenProps) {
  const first = variants.find(({ id }) => id === linked) ?? variants.find(({ id }) => id === usual) ?? variants[0];
  const [variant, setVariant] = useState(first);
  const [kind, setKind] = useState<CredentialKind>("access");
  const [binding, setBinding] = useState<Strictness>("enforce");
  const [chosen, setChosen] = useState("alike");
  const { plays, problem, playing, start } = useVariantPlays<TheftPlay>("/api/lab/theft");
  const credential = variant?.credentials.find((each) => each.kind === kind) ?? variant?.credentials[0];
  const sender = senders.find(({ id }) => id === chosen) ?? senders[0];
  if (!variant || !credential || !sender) return null;
  const play = plays.get(variant.id) ?? null;
  const played = play?.tried ? play.played.filter((each) => each.credential === credential.kind) : [];
  const { calm, alarm, below } = headingOf({ credential, binding, senders, play });
  const choose = (id: string) => {
    setVariant(variants.find((each) => each.id === id) ?? variant);
    writeParameters({ variant: [id] });
  };
  return (
    <section aria-label="Theft" data-flow={variant.flow}>
      <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
        <SelectField
          label="The variant whose credential is stolen"
          options={variantOptions(variants)}
          value={variant.id}
          onChoose={choose}
        />
        {variant.credentials.length > 1 && (
          <Segmented
            legend="The credential"
            options={variant.credentials.map((each) => ({ value: each.kind, label: each.name }))}
            chosen={credential.kind}
            onChoose={setKind}
          />
        )}
        <Segmented
          legend="Bound to device and address"
          legendShown
          options={bindings.map((each) => ({ value: each, label: bindingTitles[each] }))}
          chosen={binding}
          onChoose={setBinding}
        />
        <div className="ml-auto">
          <Button kind="primary" size="normal" busy={playing.includes(variant.id)} onPress={() => start([variant.id])}>
            {play ? "Play again" : "Steal it and send it"}
          </Button>
        </div>
      </div>
      <div className="mt-5" aria-live="polite">
        <AttackTitle calm={calm} alarm={alarm} />
        <p className="mt-1 min-h-5 text-dim">{playing.length > 0 ? "Copies are being sent." : below}</p>
      </div>
      <NotPlayed problem={problem} />
      <TheftPanes
        {...{ sender, credential, home }}
        played={played.find((each) => each.sender === sender.id && each.binding === binding) ?? null}
      />
      <SenderRows senders={senders} played={played} chosen={{ sender: chosen, binding }} onChoose={setChosen} />
      <WhatEndsIt />
      <EveryVariant
        {...{ variants, senders, plays }}
        isPlaying={playing.length > 1}
        onPlay={() => start(variants.map(({ id }) => id))}
      />
    </section>
  );
}

/** Why binding does not end theft: a thief can copy every value that it compares. */
function WhatEndsIt() {
  return (
    <section aria-label="What ends it" className="mt-6 max-w-lead">
      <h2 className="font-semibold">Only a key that the device holds ends it</h2>
      <p className="mt-0.5 text-13 text-dim">
        Whatever is compared here is something that a request says or where it comes from, and a thief can say the same
        from the same place. A key that never leaves the device cannot be copied along: each use is then proved with it,
        as with DPoP (RFC 9449), mutual TLS (RFC 8705) or device bound sessions. No flow here has one. Binding makes
        theft harder and seen, and each phone that changes networks pays for it.
      </p>
    </section>
  );
}
