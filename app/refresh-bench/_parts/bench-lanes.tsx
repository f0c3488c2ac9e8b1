"use client";

import { useEffect, useRef } from "react";
import type { BenchActor, BenchEvent, BenchStep } from "@/lib/features/refresh-bench/model.ts";
import { StatusWords } from "../../_ui/status-words.tsx";
import { eventWords, nameOf, ownStepsOf, requestWords, sinceLogin } from "./bench-words.ts";
import "./bench.css";

type LanesProps = {
  readonly steps: readonly BenchStep[];
  readonly lanes: readonly BenchActor[];
  /** The number of shown steps. The last of them is the current one. */
  readonly position: number;
  readonly onGo: (position: number) => void;
};

/** All steps in their order, each in the lane of its actor. A press goes to that step. */
export function BenchLanes({ steps, lanes, position, onGo }: LanesProps) {
  const frame = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const list = frame.current;
    const current = list?.children[Math.max(0, position - 1)];
    if (!(list && current instanceof HTMLElement)) return;
    // Scrolls only this list, not the page.
    const top = current.offsetTop;
    if (top < list.scrollTop || top + current.offsetHeight > list.scrollTop + list.clientHeight) {
      list.scrollTop = top - list.clientHeight / 2;
    }
  }, [position]);
  const own = ownStepsOf(steps);

  return (
    <div className="bench-lanes" style={{ "--lanes": lanes.length }}>
      <div className="bench-row bench-heads" aria-hidden="true">
        <span>since login</span>
        {lanes.map((lane) => (
          <span key={lane}>{nameOf(lane)}</span>
        ))}
      </div>
      <ol
        ref={frame}
        aria-label="Steps of this run"
        className="relative max-h-[34rem] overflow-y-auto overscroll-contain"
      >
        {steps.map((step, index) => (
          <li key={keyOf(index)}>
            {index === own && (
              <p className="mt-2 mb-1 border-t border-strong pt-2 text-xs text-dim">
                The schedule is over. All clients go on as usual: who still gets in?
              </p>
            )}
            <button
              type="button"
              aria-current={index === position - 1 ? "step" : undefined}
              data-ahead={index >= position || undefined}
              className="bench-row bench-step w-full rounded-md text-left"
              onClick={() => onGo(index + 1)}
            >
              <span className="figures font-mono text-2xs text-dim">{sinceLogin(step.at)}</span>
              <span className="bench-event" style={placeOf(step.actor, lanes)}>
                {nameOf(step.actor) !== null && <span className="bench-who">{nameOf(step.actor)} </span>}
                <EventLine event={step.event} />
                {index >= position && <span className="sr-only"> (not yet)</span>}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}

function keyOf(index: number): string {
  return `step ${index}`;
}

/** The lane of its actor. A step without an actor spans all lanes. */
function placeOf(actor: BenchActor, lanes: readonly BenchActor[]) {
  const lane = lanes.indexOf(actor);
  return { "--own-column": lane < 0 ? "2 / -1" : `${lane + 2}` };
}

function EventLine({ event }: { event: BenchEvent }) {
  switch (event.kind) {
    case "send":
      return (
        <>
          <b className="font-semibold">{requestWords(event.request)}</b> <Token name={event.token} none="no token" />
        </>
      );
    case "answer":
      return (
        <>
          <StatusWords status={event.status} code={event.code} />
          {event.token !== null && (
            <>
              {" "}
              sets <Token name={event.token} />
            </>
          )}
        </>
      );
    case "store":
      return (
        <span className="text-dim">
          store: {event.call} {event.token !== null && <Token name={event.token} />}{" "}
          <span className="whitespace-nowrap">
            → <b className="font-medium text-ink">{event.found}</b>
          </span>
        </span>
      );
    case "copy":
      return (
        <>
          copies <Token name={event.token} none="nothing" /> out of the browser
        </>
      );
    case "lost":
    case "crash":
    case "restart":
      return <b className="font-semibold text-warn">{eventWords(event)}</b>;
    case "wait":
      return <span className="text-dim italic">{eventWords(event)}</span>;
    case "shared":
      return <>{eventWords(event)}</>;
  }
}

function Token({ name, none = "" }: { name: string | null; none?: string }) {
  if (name === null) return <span className="text-dim">{none}</span>;
  return <span className="sequence-chip font-semibold text-flow">{name}</span>;
}
