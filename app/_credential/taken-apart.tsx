"use client";

import { Suspense, useState } from "react";
import type { MadeForgery } from "@/lib/features/attacks/forgery/model.ts";
import type { Exchange } from "@/lib/lab/feed/exchange.ts";
import type { CredentialView, LoginView } from "@/lib/lab/lab-view.ts";
import { VerificationList } from "../_claims/verification-list.tsx";
import { Card } from "../_ui/card.tsx";
import { Button } from "../_ui/controls/button.tsx";
import { onUse } from "../_ui/on-use.ts";
import { ScrollRegion } from "../_ui/scroll-region.tsx";
import { type CredentialDraft, useCredentialDraft } from "./credential-draft.ts";
import { changesTo, joined, kindOf, partsOf } from "./credential-parts.ts";
import { EncodedParts } from "./encoded-parts.tsx";
import { ForgeryChoices, ForgeryTitle } from "./forgery-choices.tsx";
import { MadeRequest } from "./made-request.tsx";
import { MakingSteps } from "./making-steps.tsx";
import type { ServerCheck } from "./server-check.ts";
import { DecodedToken } from "./token-claims.tsx";
import { Verdict } from "./verdict.tsx";

// On demand: most credentials are looked at, and not edited.
const TamperEditor = onUse(() => import("./tamper-editor.tsx").then((part) => part.TamperEditor));

type TakenApartProps = {
  readonly credential: CredentialView;
  /** The current login by this credential. `null`: the credential does not authenticate a request. */
  readonly login: LoginView | null;
  /** How it is sent to the server, shown beside the button. */
  readonly way: string;
  readonly onSend: (value: string) => Promise<ServerCheck>;
  /** The forgeries that can be made from it. */
  readonly onForge: (value: string) => Promise<readonly MadeForgery[] | null>;
  /** The exchange of what was sent last, once the page has heard of it. */
  readonly made: Exchange | undefined;
  /** The flow's cookies. */
  readonly own: readonly string[];
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
  sealed: "sealed: only the server can read or change it",
  opaque: "opaque: a random number without content",
};

const unreadable = {
  sealed:
    "It cannot be read here: it is encrypted with a key that only the server has. An HMAC covers every character, so the server notices any change.",
  opaque:
    "It has no content: it is a random number. The server keeps everything about the login in a record, which it finds by the number’s hash.",
};

/**
 * A credential in its parts: as it is sent, its readable content, and the server's check. It can be edited and sent.
 * An edited credential stays, even when the page gets a newer one.
 */
export function TakenApart({ credential, login, ...given }: TakenApartProps) {
  const [kept, setKept] = useState<CredentialView | null>(null);
  const shown = kept ?? credential;
  const isOld = shown.value !== credential.value;
  return (
    <Parts
      key={shown.value}
      credential={shown}
      // The login of the page belongs to the newer credential.
      login={isOld ? null : login}
      onBegin={(begun) => setKept(begun ? shown : null)}
      onTakeNew={isOld ? () => setKept(null) : null}
      {...given}
    />
  );
}

type PartsProps = TakenApartProps & {
  /** Called when an edit begins, or when it is undone. */
  readonly onBegin: (begun: boolean) => void;
  /** `null`: the shown credential is the newest one. */
  readonly onTakeNew: (() => void) | null;
};

function Parts({ credential, onBegin, onTakeNew, ...sending }: PartsProps) {
  const { value, decoded, name } = credential;
  const kind = kindOf(value, decoded);
  const issued = partsOf(value, decoded);
  const draft = useCredentialDraft(kind, issued);
  const [editing, setEditing] = useState(false);
  const [revealed, setRevealed] = useState(false);
  const edit = (on: boolean) => {
    setEditing(on);
    onBegin(on || draft.changed);
  };
  const [taken, setTaken] = useState<MadeForgery | null>(null);
  const take = (forgery: MadeForgery) => {
    edit(true);
    setTaken(forgery);
    draft.change(changesTo(forgery, issued));
  };
  const type: CredentialDraft["edit"] = (index, change) => {
    // What is typed is no longer the forgery that was chosen.
    setTaken(null);
    draft.edit(index, change);
  };
  const restore = () => {
    setTaken(null);
    draft.change([]);
    onBegin(editing);
  };

  return (
    <Card title={`${titles[kind]}, taken apart`} label={`${name}, taken apart`} note={notes[kind]}>
      <div className="@container grid grid-cols-[minmax(0,1fr)] gap-4">
        <Renewed onTakeNew={onTakeNew} />
        <div className="grid grid-cols-[minmax(0,1fr)] gap-x-6 gap-y-4 @2xl:grid-cols-2">
          <Part title="Encoded" says="as it travels">
            <EncodedParts kind={kind} parts={draft.parts} issued={issued} revealed={revealed} />
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
            {editing && (
              <Suspense>
                <TamperEditor parts={draft.parts} onEdit={type} />
              </Suspense>
            )}
            <div className="mt-2 flex flex-wrap gap-1.5">
              <Button onPress={() => edit(!editing)}>{editing ? "Stop editing" : "Edit it"}</Button>
              {draft.changed && <Button onPress={restore}>As it was issued</Button>}
            </div>
          </Part>
        </div>
        <Part title="Verified" says="what only the server can check">
          <Verified credential={credential} {...sending} draft={draft} taken={taken} onTake={take} />
        </Part>
        <Part title="Made" says="by the server, as it was issued">
          <MakingSteps kind={kind} making={decoded?.making ?? []} />
        </Part>
      </div>
    </Card>
  );
}

type VerifiedProps = TakenApartProps & {
  readonly draft: CredentialDraft;
  /** The forgery that was chosen last. */
  readonly taken: MadeForgery | null;
  readonly onTake: (forgery: MadeForgery) => void;
};

/** Forgeries, the button that sends the credential, the server's answer, and the request that got it. */
function Verified({ credential: { name, value, decoded }, draft, taken, onTake, ...given }: VerifiedProps) {
  const { login, way, onSend, onForge, made, own } = given;
  const kind = kindOf(value, decoded);
  const { answer, sending, send } = useSending(draft, onSend);
  // One height before and after, so that an answer moves nothing on the page.
  const height = kind === "token" ? "h-100" : "h-60";
  return (
    <>
      <div className="mb-2 flex flex-wrap items-center gap-1.5">
        <ForgeryChoices credential={value} taken={taken} onForge={onForge} onTake={onTake} />
        <Button kind="primary" busy={sending} onPress={() => void send()}>
          Send it{draft.changed ? "" : " as it is"}
        </Button>
      </div>
      <p className="mb-2 text-xs text-dim">{way}</p>
      {taken && draft.changed && <ForgeryTitle forgery={taken} />}
      <Verdict serverCheck={answer} changed={draft.changed} resigned={taken?.needs === "signing-key"} login={login} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3 @2xl:grid-cols-[minmax(0,1.3fr)_minmax(0,1fr)]">
        <ScrollRegion label={`The check: ${name}`} className={`overflow-y-auto px-1.5 ${height}`}>
          {(!draft.changed || answer) && (
            <VerificationList
              kind={kind}
              steps={answer?.view?.decoded ?? decoded?.steps ?? []}
              asked={answer?.view?.steps}
            />
          )}
        </ScrollRegion>
        <MadeRequest name={name} made={answer ? made : undefined} own={own} height={height} />
      </div>
    </>
  );
}

/** Sends the edited credential. The answer is shown while the text is unchanged. */
function useSending(draft: CredentialDraft, onSend: TakenApartProps["onSend"]) {
  const [sending, setSending] = useState(false);
  const [serverCheck, setServerCheck] = useState<ServerCheck | null>(null);
  return {
    sending,
    answer: serverCheck?.value === joined(draft.parts) ? serverCheck : null,
    async send(): Promise<void> {
      setSending(true);
      setServerCheck(await onSend(joined(await draft.whole())));
      setSending(false);
    },
  };
}

function Renewed({ onTakeNew }: Pick<PartsProps, "onTakeNew">) {
  return (
    <div aria-live="polite" className={onTakeNew ? undefined : "sr-only"}>
      {onTakeNew && (
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1.5 rounded-lg bg-warn-ground px-2.5 py-1.5 text-13 text-warn">
          The page holds a newer credential by now. You are editing the one before it.
          <Button onPress={onTakeNew}>Take the new one</Button>
        </p>
      )}
    </div>
  );
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
