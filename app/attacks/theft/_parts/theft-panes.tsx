import type { PlayedTheft, SenderTold } from "@/lib/features/attacks/theft/model.ts";
import { ArrivedLine } from "../../_parts/arrived-line.tsx";
import { AttackWindow } from "../../_parts/attack-window.tsx";
import { DecidingLine } from "../../_parts/deciding-line.tsx";
import type { StolenCredential } from "./stolen.ts";
import { wordOf } from "./theft-words.ts";

type PanesProps = {
  readonly sender: SenderTold;
  readonly credential: StolenCredential;
  readonly home: Pick<SenderTold, "userAgent" | "address">;
  readonly played: PlayedTheft | null;
};

/** Three panes: the client that logged in, the request that another client sent with a copy, and the answer to it. */
export function TheftPanes({ sender, credential, home, played }: PanesProps) {
  return (
    <div className="@container mt-4">
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-8 gap-y-5 @4xl:grid-cols-[minmax(0,0.9fr)_minmax(0,1.35fr)_minmax(0,1.15fr)]">
        <AttackWindow title="alice’s browser" host={home.address}>
          <p className="text-13 text-dim">The login was given to it.</p>
          <p className="mt-2">
            <span className="inline-block rounded-badge border border-flow/30 bg-flow-ground px-1.5 font-mono text-xs font-semibold text-flow">
              {credential.name}
            </span>
          </p>
          <p className="mt-2 font-mono text-xs wrap-anywhere">{home.userAgent}</p>
          <p className="mt-2 text-xs text-dim">
            {credential.isBound
              ? "The record of the login keeps the name of the device and the address."
              : "No record is asked about this credential, so nothing is there to compare with."}
          </p>
        </AttackWindow>
        <div className="min-w-0">
          <h2 className="mb-2 text-13 font-semibold text-dim">What arrived from {titleInside(sender)}</h2>
          {played ? <Arrived sender={sender} played={played} /> : <NotPlayed />}
        </div>
        <AttackWindow title="What came of it">
          {played ? <CameOf sender={sender} played={played} /> : <NotPlayed />}
        </AttackWindow>
      </div>
    </div>
  );
}

function titleInside({ title }: SenderTold): string {
  return title.startsWith("A ") ? title.replace("A ", "a ") : title;
}

function NotPlayed() {
  return <p className="text-13 text-faint italic">not played yet</p>;
}

function Arrived({
  sender: { same },
  played: { arrived },
}: {
  readonly sender: SenderTold;
  readonly played: PlayedTheft;
}) {
  return (
    <dl className="grid gap-y-1.5 font-mono text-13">
      <ArrivedLine shown={arrived.line} remark="what is asked" isStrong />
      <ArrivedLine name="credential" shown={arrived.credential} remark="the copy, whole" />
      <ArrivedLine
        name="user-agent"
        shown={arrived.userAgent}
        remark={`${arrived.device}: ${same.userAgent ? "as alice’s, copied or not" : "another device"}`}
      />
      <ArrivedLine name="from" shown={arrived.address} remark={same.address ? "the same address" : "another address"} />
    </dl>
  );
}

function CameOf({ sender, played }: { readonly sender: SenderTold; readonly played: PlayedTheft }) {
  const { answer, line, asClaimed } = played;
  const { word, isAlarm } = wordOf(sender, answer);
  return (
    <div className="text-13">
      <p>
        <b className={`text-lg font-semibold ${isAlarm ? "text-refused" : ""}`}>{word}</b>{" "}
        <span className="font-mono text-dim wrap-anywhere">
          {answer.status} {answer.code}
        </span>
      </p>
      <p className="text-dim">{answer.code === null ? "as alice" : answer.at !== null && `decided at: ${answer.at}`}</p>
      {line ? <DecidingLine line={line} /> : <p className="mt-1 text-xs text-dim">No line asks who sends it.</p>}
      <p className="mt-2 border-t border-line pt-2">
        {answer.noted === null ? (
          <span className="text-dim">alice’s history says nothing of it.</span>
        ) : (
          <>
            alice’s history has <code className="font-mono text-xs">{answer.noted}</code>{" "}
            <span className="text-dim">and asks whether it was her.</span>
          </>
        )}
      </p>
      {!asClaimed && (
        <p className="mt-1">
          <span className="rounded-xs px-1 ring-1 ring-ink">differs from what it claims</span>
        </p>
      )}
    </div>
  );
}
