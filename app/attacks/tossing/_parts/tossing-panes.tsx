import type { ReactNode } from "react";
import type { Sent, TossedRequest, TossingAnswer, TossingTold } from "@/lib/features/attacks/tossing/model.ts";
import { AttackWindow } from "../../_parts/attack-window.tsx";
import { DecidingLine } from "../../_parts/deciding-line.tsx";
import { outcomeOf } from "./outcome-of.ts";

type PanesProps = {
  readonly hosts: { readonly sibling: string; readonly victim: string };
  readonly page: { readonly lines: readonly string[]; readonly script: string };
  /** `null`: not played. */
  readonly request: TossedRequest | null;
  readonly asks: string;
  readonly lines: TossingTold["lines"];
};

/** Cause, what arrived, effect: the sibling's page, alice's own request, and the two answers to it. */
export function TossingPanes({ hosts, page, request, asks, lines }: PanesProps) {
  return (
    <div className="@container mt-4">
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-8 gap-y-5 @4xl:grid-cols-[minmax(0,1.15fr)_minmax(0,1fr)_minmax(0,1.2fr)]">
        <AttackWindow title="The sibling’s page" host={hosts.sibling}>
          {page.lines.map((line) => (
            <p key={line} className="font-mono text-xs leading-5 wrap-anywhere">
              <span className="text-dim">set-cookie: </span>
              {line}
            </p>
          ))}
          {page.script !== "" && (
            <pre className="font-mono text-xs leading-5 wrap-anywhere whitespace-pre-wrap">{page.script}</pre>
          )}
        </AttackWindow>
        <div className="min-w-0">
          <h2 className="mb-2 text-13 font-semibold text-dim">What alice’s own page then sends</h2>
          <p className="font-mono text-13 font-semibold wrap-anywhere">{asks}</p>
          {request ? <Cookies cookie={request.cookie} sent={request.sent} /> : <NotPlayed />}
        </div>
        <AttackWindow title="What came of it" host={hosts.victim}>
          {request ? <CameOf request={request} lines={lines} /> : <NotPlayed />}
        </AttackWindow>
      </div>
    </div>
  );
}

function NotPlayed() {
  return <p className="text-13 text-faint italic">not played yet</p>;
}

/** In the order in which they came. */
function Cookies({ cookie, sent }: { readonly cookie: string; readonly sent: Sent }) {
  if (sent.length === 0) {
    return (
      <p className="mt-1.5 text-13">
        <span className="font-mono text-dim">cookie: </span>
        no {cookie}. The browser dropped it.
      </p>
    );
  }
  return (
    <>
      <ol aria-label="Cookies of the name" className="mt-1.5 grid gap-1.5 font-mono text-13">
        {sent.map((whose, at) => (
          <li key={whose} className="flex flex-wrap items-baseline gap-x-2">
            <span
              className={`inline-block rounded-badge border px-1.5 font-semibold wrap-anywhere ${whose === "thief" ? "border-refused/40 bg-refused-ground text-refused" : "border-flow/30 bg-flow-ground text-flow"}`}
            >
              {cookie}
            </span>
            <span className="font-sans text-xs text-dim">
              {whose === "thief" ? "the thief’s" : "alice’s"}
              {sent.length > 1 && (at === 0 ? ", sent first" : ", sent after it")}
            </span>
          </li>
        ))}
      </ol>
      {!sent.includes("thief") && (
        <p className="mt-1.5 text-13 text-dim">The planted one did not arrive: the browser did not take it.</p>
      )}
    </>
  );
}

function CameOf({ request, lines }: { readonly request: TossedRequest; readonly lines: TossingTold["lines"] }) {
  const hasSeveral = request.sent.length > 1;
  return (
    <div className="grid gap-3">
      <Answer title="Where the first cookie of a name counts" answer={request.first}>
        {hasSeveral && <DecidingLine line={lines.first} />}
      </Answer>
      <Answer title="The same request, at the flow’s own edge" answer={request.own}>
        {hasSeveral && <DecidingLine line={lines.own} />}
      </Answer>
    </div>
  );
}

type AnswerProps = { readonly title: string; readonly answer: TossingAnswer; readonly children?: ReactNode };

function Answer({ title, answer, children }: AnswerProps) {
  const { word, isAlarm } = outcomeOf(answer);
  return (
    <div className="text-13">
      <p className="text-dim">{title}</p>
      <p>
        <b className={`font-semibold ${isAlarm ? "text-lg text-refused" : ""}`}>{word}</b>{" "}
        <span className="font-mono text-dim wrap-anywhere">
          {answer.status} {answer.code}
        </span>
      </p>
      {children}
    </div>
  );
}
