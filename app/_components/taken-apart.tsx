"use client";

import { useState } from "react";
import type { CredentialView, LoginView, TryView } from "@/lib/core/lab-view.ts";
import { Button } from "./button.tsx";
import { type Change, encoded, joined, kindOf, type Preset, partsOf, presetsOf } from "./credential-parts.ts";
import { EncodedParts } from "./encoded-parts.tsx";
import { useLabNow } from "./lab-time.tsx";
import { Card } from "./pane.tsx";
import { TamperEditor } from "./tamper-editor.tsx";
import { DecodedToken } from "./token-claims.tsx";
import { Verdict } from "./verdict.tsx";
import { VerificationList } from "./verification-list.tsx";

/** What the server said to a value that was sent to it; `null`: it did not answer. */
export type Tried = { readonly value: string; readonly view: TryView | null; readonly problem: string | null };

type TakenApartProps = {
  readonly credential: CredentialView;
  /** Whether it gets in right now; `null`: it is no proof of who asks. */
  readonly login: LoginView | null;
  /** How it is sent to the server, said to whoever presses the button. */
  readonly way: string;
  readonly onSend: (value: string) => Promise<Tried>;
};

const titles = {
  token: "The token",
  signed: "The cookie",
  plain: "The cookie",
  sealed: "The cookie",
  opaque: "The id",
};
const notes = {
  token: "encoded, not encrypted: anyone can read it",
  signed: "readable by anyone, changed by no one",
  plain: "readable by anyone, and changed by anyone",
  sealed: "sealed: nobody outside reads or changes it",
  opaque: "opaque: a random number, there is nothing to read",
};
const unreadable = {
  sealed:
    "It cannot be read here: it is encrypted with a key that only the server has. What is in it, the server alone can tell; and an HMAC covers every character, so not even a byte can be flipped unnoticed.",
  opaque:
    "There is nothing to read: it is a random number that means nothing anywhere else. All there is to know stands on the server, in the record that is found by its hash.",
};

/** A credential in its parts: as it travels, what anyone reads in it, and what only the server can say; to be changed and sent. */
export function TakenApart({ credential, login, way, onSend }: TakenApartProps) {
  const { value, decoded } = credential;
  const kind = kindOf(value, decoded);
  const issued = partsOf(value, decoded);
  const [parts, setParts] = useState(issued);
  const [editing, setEditing] = useState(false);
  const [revealed, setRevealed] = useState(false);
  const [sending, setSending] = useState(false);
  const [tried, setTried] = useState<Tried | null>(null);
  const now = useLabNow();
  const draft = joined(parts);
  const answer = tried?.value === draft ? tried : null;

  async function change(changes: readonly (Change | null)[]) {
    const next = issued.map(async (part, index) => {
      const wanted = changes[index];
      if (!wanted) return part;
      return "raw" in wanted
        ? { ...part, raw: wanted.raw }
        : { ...part, ...wanted, raw: await encoded(kind, wanted.says) };
    });
    setParts(await Promise.all(next));
  }
  const take = (preset: Preset) => {
    setEditing(true);
    void change(issued.map((part) => preset.change(part, now)));
  };
  const edit = (index: number, wanted: Change) =>
    void change(parts.map((part, at) => (at === index ? wanted : changeOf(part, issued[at]))));
  async function send() {
    setSending(true);
    setTried(await onSend(draft));
    setSending(false);
  }

  return (
    <Card title={`${titles[kind]}, taken apart`} label={`${credential.name}, taken apart`} note={notes[kind]}>
      <div className="@container grid grid-cols-[minmax(0,1fr)] gap-4">
        <div className="grid grid-cols-[minmax(0,1fr)] gap-x-6 gap-y-4 @2xl:grid-cols-2">
          <Part title="Encoded" says="as it travels">
            <EncodedParts kind={kind} parts={parts} issued={issued} revealed={revealed} />
            <div className="mt-2 flex flex-wrap gap-1.5">
              <Button onPress={() => setRevealed(!revealed)}>{revealed ? "Mask it" : "Reveal it"}</Button>
            </div>
          </Part>
          <Part title="Decoded" says="what anyone can read, without any key">
            {kind === "sealed" || kind === "opaque" ? (
              <p className="mb-2 text-13 text-dim">{unreadable[kind]}</p>
            ) : (
              !editing && decoded && <DecodedToken decoded={decoded} />
            )}
            {editing && <TamperEditor parts={parts} onEdit={edit} />}
            <div className="mt-2 flex flex-wrap gap-1.5">
              <Button onPress={() => setEditing(!editing)}>{editing ? "Stop editing" : "Edit it"}</Button>
              {draft !== value && <Button onPress={() => setParts(issued)}>As it was issued</Button>}
            </div>
          </Part>
        </div>
        <Part title="Verified" says="what only the server can say">
          <div className="mb-2 flex flex-wrap items-center gap-1.5">
            {presetsOf(kind).map((preset) => (
              <Button key={preset.title} onPress={() => take(preset)} label={`${preset.title}, ${preset.lesson}`}>
                {preset.title}
              </Button>
            ))}
            <Button kind="primary" busy={sending} onPress={() => void send()}>
              Send it{draft === value ? " as it is" : ""}
            </Button>
          </div>
          <p className="mb-2 text-xs text-dim">{way}</p>
          <Verdict tried={answer} changed={draft !== value} login={login} />
          {(draft === value || answer) && (
            <VerificationList
              kind={kind}
              steps={answer?.view?.decoded ?? decoded?.steps ?? []}
              asked={answer?.view?.steps}
            />
          )}
        </Part>
      </div>
    </Card>
  );
}

/** What was edited before stays edited. */
function changeOf(part: { raw: string; says: string | null }, issued: { raw: string } | undefined): Change | null {
  if (part.raw === issued?.raw) return null;
  return part.says === null ? { raw: part.raw } : { says: part.says };
}

function Part({ title, says, children }: { title: string; says: string; children: React.ReactNode }) {
  return (
    <div className="min-w-0">
      <h3 className="mb-1.5 text-2xs font-semibold tracking-[0.07em] text-faint uppercase">
        {title} <span className="font-normal tracking-normal text-dim normal-case">{says}</span>
      </h3>
      {children}
    </div>
  );
}
