"use client";

import { useState } from "react";
import type { Exchange, Header, StepActor } from "@/lib/lab/feed/exchange.ts";
import { Button } from "../_ui/controls/button.tsx";
import { milliseconds, took } from "../_ui/format-time.ts";
import { maskedHeader } from "../_ui/mask.ts";
import { EmptyNote } from "../_ui/pane.tsx";
import { StatusWords } from "../_ui/status-words.tsx";
import { type Lane, type SequenceStep, sequenceOf } from "./sequence-layout.ts";
import { BearerToken, CookiePair, isOwn } from "./wire-chip.tsx";
import "./sequence.css";

export type SequenceProps = {
  readonly exchange: Exchange;
  /** The ports that the same call uses when it is accepted. */
  readonly usual?: readonly StepActor[];
  /** The cookies with this flow's credentials. Other cookies of the request are only counted. */
  readonly own: readonly string[];
  /** Beside the wire pane: without the headers, which stand there. */
  readonly brief?: boolean;
};

/** One exchange, drawn from its trace: each call, its result and duration, and the step that refused. */
export function SequenceDiagram({ exchange, usual = [], own, brief = false }: SequenceProps) {
  const [reveal, setReveal] = useState(false);
  const { lanes, steps } = sequenceOf(exchange, usual);
  const refused = exchange.response.status >= 400;
  const { method, path } = exchange.request;
  return (
    <div className="sequence @container" style={{ "--lanes": lanes.length }}>
      <Heads lanes={lanes} />
      <ol aria-label={`Steps of ${method} ${path}`}>
        <Arrow from={0} to={1} who="Browser to application">
          <b className="font-semibold">
            {method} {path}
          </b>
          {!brief && <HeaderChips headers={exchange.request.headers} names={sent} own={own} reveal={reveal} />}
        </Arrow>
        {steps.map((step) => (
          <Step key={step.key} step={step} lanes={lanes} />
        ))}
        <Arrow from={1} to={0} refused={refused} who="Application to browser" total={milliseconds(exchange.took)}>
          <StatusWords status={exchange.response.status} code={exchange.code} />
          {!brief && <HeaderChips headers={exchange.response.headers} names={answered} own={own} reveal={reveal} />}
        </Arrow>
      </ol>
      <NotAsked lanes={lanes} />
      {steps.length === 0 && (
        <EmptyNote>No step was traced: the application called no other part of the server.</EmptyNote>
      )}
      {!brief && (
        <div className="mt-2.5">
          <Button onPress={() => setReveal(!reveal)}>{reveal ? "Mask credentials" : "Reveal credentials"}</Button>
        </div>
      )}
    </div>
  );
}

const sent = new Set(["authorization", "cookie", "origin", "sec-fetch-site"]);
const answered = new Set(["set-cookie", "www-authenticate", "retry-after", "allow", "clear-site-data"]);

function Heads({ lanes }: { lanes: readonly Lane[] }) {
  return (
    <div className="sequence-row sequence-heads" aria-hidden="true">
      <div className="sequence-lanes">
        {lanes.map(({ id, title, asked }) => (
          <span key={id} className={asked ? "" : "text-faint"}>
            {title}
          </span>
        ))}
      </div>
      <span className="text-right text-2xs font-normal text-faint">time</span>
    </div>
  );
}

type ArrowProps = {
  readonly from: number;
  readonly to: number;
  /** For screen readers, and for narrow pages without room for lanes. */
  readonly who: string;
  readonly refused?: boolean;
  readonly stops?: boolean;
  readonly total?: string;
  readonly bar?: Pick<SequenceStep, "from" | "part">;
  /** The number of its line of the flow. */
  readonly number?: number | null;
  readonly notMade?: SequenceStep["notMade"];
  readonly children: React.ReactNode;
};

function Arrow({ from, to, who, refused = false, stops = false, total, bar, number, notMade, children }: ArrowProps) {
  const start = Math.min(from, to);
  return (
    <li
      className="sequence-row"
      data-refused={refused || undefined}
      data-stops={stops || undefined}
      data-not-made={notMade ?? undefined}
      style={{ "--start": start, "--span": Math.abs(to - from) }}
    >
      <div className="sequence-cell">
        <div className="sequence-label">
          <span className="sequence-who">{who}: </span>
          {children}
        </div>
        {from === to ? (
          <i className="sequence-self" aria-hidden="true" />
        ) : (
          <i className={`sequence-arrow ${to < from ? "leftwards" : ""}`} aria-hidden="true" />
        )}
        {number != null && <StepNumber number={number} />}
      </div>
      <div className="sequence-time">
        {bar && (
          <span className="sequence-bar" aria-hidden="true">
            <i style={{ "--from": bar.from.toFixed(4), "--part": bar.part.toFixed(4) }} />
          </span>
        )}
        {total !== undefined && <span className="figures">{total}</span>}
      </div>
    </li>
  );
}

function StepNumber({ number }: { number: number }) {
  return (
    <span className="step-number sequence-number">
      <span className="sr-only">line </span>
      {number}
    </span>
  );
}

function Step({ step, lanes }: { step: SequenceStep; lanes: readonly Lane[] }) {
  const { lane, asks, port, found, refused, stops, number, notMade } = step;
  const to = lanes[lane]?.title ?? "";
  if (notMade) {
    return (
      <Arrow from={1} to={lane} who={`Application to ${to.toLowerCase()}, not called`} notMade={notMade}>
        <span title={port}>{asks}</span>
      </Arrow>
    );
  }
  return (
    <Arrow
      from={1}
      to={lane}
      who={lane === 1 ? "Application" : `Application to ${to.toLowerCase()}`}
      refused={refused !== null}
      stops={stops}
      total={took(step.took)}
      bar={step}
      number={number}
    >
      <span title={port}>{asks}</span>{" "}
      {refused === null && <span className="font-mono text-xs text-dim">→&nbsp;{found}</span>}
      {refused !== null && !stops && <span className="font-mono text-xs text-refused">→&nbsp;{found}</span>}
      {refused !== null && stops && (
        <span className="block">
          <b className="font-mono text-xs font-semibold text-refused">stops here: {found}</b>
          <span className="block text-xs text-ink">{refused.words}</span>
        </span>
      )}
    </Arrow>
  );
}

type ChipsProps = {
  readonly headers: readonly Header[];
  readonly names: ReadonlySet<string>;
  readonly own: readonly string[];
  readonly reveal: boolean;
};

/** The headers that matter for a login, as chips on the arrow. Each cookie has its own chip. */
function HeaderChips({ headers, names, own, reveal }: ChipsProps) {
  const shown = headers.filter(([name]) => names.has(name.toLowerCase()));
  const chips = shown.flatMap(([name, value]): readonly Header[] =>
    name === "cookie" ? value.split("; ").map((pair) => [name, pair]) : [[name, value]],
  );
  const isOther = ([name, value]: Header) => name === "cookie" && !isOwn(own, value.split("=")[0] ?? "");
  const others = chips.filter(isOther).length;
  if (chips.length === 0) return null;
  return (
    <span className="mt-0.5 flex flex-wrap items-baseline gap-1">
      {chips
        .filter((header) => !isOther(header))
        .map((header) => (
          <span key={header.join(": ")} className="sequence-chip">
            <span className="font-semibold text-flow">{header[0]}</span>{" "}
            <ChipValue header={header} shown={reveal ? header[1] : maskedHeader(header)} own={own} />
          </span>
        ))}
      {others > 0 && (
        <span className="text-xs text-dim">
          and {others} {others === 1 ? "cookie" : "cookies"} that this flow does not look at
        </span>
      )}
    </span>
  );
}

function ChipValue({ header, shown, own }: { header: Header; shown: string; own: readonly string[] }) {
  if (header[0] === "cookie") return <CookiePair pair={shown} own={own} />;
  if (header[0] === "authorization") return <BearerToken header={header} shown={shown} />;
  if (header[0] !== "set-cookie") return shown;
  const [pair = "", ...attributes] = shown.split(";");
  return (
    <>
      <CookiePair pair={pair} own={own} />
      {attributes.map((each) => `;${each}`)}
    </>
  );
}

function NotAsked({ lanes }: { lanes: readonly Lane[] }) {
  const names = lanes.filter(({ asked }) => !asked).map(({ title }) => title.toLowerCase());
  if (names.length === 0) return null;
  return <p className="mt-1.5 text-xs text-dim italic">No longer asked: {names.join(", ")}.</p>;
}
