"use client";

import { useState } from "react";
import type { VariantId } from "@/lib/core/ids.ts";
import type { KeyTold, MadeWithKey, ShownKey } from "@/lib/features/attacks/leaked-key/model.ts";
import type { TryView } from "@/lib/lab/lab-view.ts";
import { CredentialChip } from "../../../_credential/credential-chip.tsx";
import { Button } from "../../../_ui/controls/button.tsx";
import { CopyButton } from "../../../_ui/controls/copying.tsx";
import { SelectField } from "../../../_ui/controls/select.tsx";
import { CodeField } from "../../../_ui/controls/text-field.tsx";
import { Countdown } from "../../../_ui/lab-time.tsx";
import { ScrollRegion } from "../../../_ui/scroll-region.tsx";
import { Alarm } from "./answer.tsx";
import type { LeakedVariant } from "./leaked-variant.ts";
import { tryInLab } from "./use-leaked-key.ts";

type DeskProps = {
  readonly told: KeyTold;
  readonly shown: ShownKey | undefined;
  readonly under: readonly LeakedVariant[];
  readonly variant: LeakedVariant | undefined;
  readonly made: MadeWithKey | null;
  readonly onChoose: (variant: VariantId) => void;
};

/** The visitor's own lab: its key, a credential that is written with it, and what the lab says to that. */
export function ForgingDesk({ told, shown, under, variant, made, onChoose }: DeskProps) {
  return (
    <section
      aria-label="In this lab"
      data-flow={variant?.flow}
      className="mt-5 grid gap-x-6 gap-y-5 border-y border-line py-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.5fr)_minmax(0,1.1fr)]"
    >
      <LeakedKey told={told} shown={shown} />
      <div className="min-w-0">
        <h2 className={title}>2. What its finder writes</h2>
        {under.length > 1 && variant && (
          <div className="mb-2">
            <SelectField
              label="In this lab, a credential of"
              options={under.map(({ id }) => ({ value: id, label: id }))}
              value={variant.id}
              onChoose={(id) => onChoose(under.find((each) => each.id === id)?.id ?? variant.id)}
            />
          </div>
        )}
        {made ? <Written made={made} /> : <p className="text-13 text-faint italic">nothing yet</p>}
      </div>
      <div className="min-w-0">
        <h2 className={title}>3. What this lab says</h2>
        <Sending key={made?.credential ?? ""} made={made} flow={variant?.flow} />
      </div>
    </section>
  );
}

const title = "mb-1.5 text-13 font-semibold";

function LeakedKey({ told, shown }: Pick<DeskProps, "told" | "shown">) {
  return (
    <div className="min-w-0">
      <h2 className={title}>1. What leaked</h2>
      {shown && (
        <>
          <CredentialChip key={shown.value} credential={{ name: told.id, value: shown.value }} />
          <p className="mt-1.5 text-xs text-dim">
            {shown.form}. A credential names it <span className="font-mono wrap-anywhere">{shown.keyId}</span>.
          </p>
        </>
      )}
      <p className="mt-1.5 text-13">{told.heldBy}</p>
      <p className="mt-1.5 text-xs text-dim">
        It is this lab’s own, and ends with it. The secret that all keys are derived from is shown nowhere.
      </p>
    </div>
  );
}

function Written({ made }: { readonly made: MadeWithKey }) {
  return (
    <>
      <CredentialChip key={made.credential} credential={{ name: made.variant, value: made.credential }} />
      <ScrollRegion label="What it says" className="mt-1.5 max-h-40 overflow-y-auto font-mono text-xs wrap-anywhere">
        {made.content}
      </ScrollRegion>
      <Command what="the command that writes it" text={made.command} />
      <Command what="the command that sends it" text={made.send} />
    </>
  );
}

/** Has the key or the credential in it, so it is shown when it is asked for. */
function Command({ what, text }: { readonly what: string; readonly text: string }) {
  const [isShown, setShown] = useState(false);
  return (
    <div className="mt-1.5">
      <div className="flex items-center gap-1">
        <Button kind="quiet" onPress={() => setShown(!isShown)}>
          {isShown ? `Hide ${what}` : `Show ${what}`}
        </Button>
        <CopyButton text={text} what={what} />
      </div>
      {isShown && (
        <ScrollRegion label={what} className="max-h-56 overflow-auto rounded-lg bg-sunk p-2">
          <pre className="text-xs whitespace-pre-wrap wrap-anywhere">{text}</pre>
        </ScrollRegion>
      )}
    </div>
  );
}

/** A credential that was written here or by hand is sent to this lab. Looking at it extends and ends nothing. */
function Sending({ made, flow }: { readonly made: MadeWithKey | null; readonly flow: string | undefined }) {
  const [typed, setTyped] = useState(made?.credential ?? "");
  const [answer, setAnswer] = useState<TryView | null>(null);
  const [isSending, setSending] = useState(false);
  const send = async () => {
    if (flow === undefined) return;
    setSending(true);
    setAnswer(await tryInLab(flow, typed.trim()));
    setSending(false);
  };
  return (
    <>
      <CodeField
        label="This one, or one of your own"
        value={typed}
        rows={3}
        onType={(text) => {
          setTyped(text);
          setAnswer(null);
        }}
      />
      <div className="mt-2">
        <Button
          size="normal"
          busy={isSending}
          unavailable={typed.trim() === "" ? "There is nothing to send yet." : undefined}
          onPress={() => void send()}
        >
          Send it
        </Button>
      </div>
      <div role="status" aria-live="polite" className="mt-2 min-h-6 text-13">
        {answer && <Said answer={answer} />}
      </div>
    </>
  );
}

function Said({ answer: { accepted, user, code, at, expiresAt } }: { readonly answer: TryView }) {
  if (!accepted) {
    return (
      <p>
        <b className="font-semibold">refused</b>{" "}
        <span className="font-mono text-dim">
          {code}
          {at !== null && ` at ${at}`}
        </span>
      </p>
    );
  }
  return (
    <p>
      <Alarm>GETS IN</Alarm> as {user?.username}
      {user?.role !== user?.username && `, ${user?.role}`}
      {expiresAt !== null && (
        <>
          , ends <Countdown at={expiresAt} />
        </>
      )}
    </p>
  );
}
