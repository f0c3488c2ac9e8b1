import type { CallNotMade, Exchange, StepActor, TraceStep } from "@/lib/lab/feed/exchange.ts";
import { callsOf, isUntold } from "./calls-in-order.ts";
import { actorTitles, askedWords, foundWords, refusalIn, refusalWords } from "./step-words.ts";

type Asked = Exclude<StepActor, "flow" | "edge">;

/** A vertical line of the diagram. The first two are always the browser and the application. */
export type Lane = { readonly id: "browser" | "application" | Asked; readonly title: string; readonly asked: boolean };

export type SequenceStep = {
  readonly key: string;
  /** The number of its line among the lines that acted. `null`: no line of the flow is known to have called. */
  readonly number: number | null;
  /** A call that the variant does not make. `untold`: of an end. */
  readonly notMade: "unasked" | "untold" | null;
  /** The lane of the called port. For a step of the application itself, the application's lane. */
  readonly lane: number;
  readonly asks: string;
  /** The port and its method, as the source has them. */
  readonly port: string;
  readonly found: string;
  /** Why the exchange stops at this step. `null`: it goes on. */
  readonly refused: { readonly code: string; readonly words: string } | null;
  /** Whether the exchange was refused at this step. Later steps only pass the refusal on. */
  readonly stops: boolean;
  readonly took: number;
  /** The start and length of its bar, as fractions of the exchange. */
  readonly from: number;
  readonly part: number;
};

export type Sequence = { readonly lanes: readonly Lane[]; readonly steps: readonly SequenceStep[] };

const application = 1;

/**
 * An exchange as a sequence: the lanes, and the calls in their order. `usual` are the ports that the same call uses
 * when it is accepted. They keep their lane, so that the diagram shows which were not called.
 */
export function sequenceOf(exchange: Exchange, usual: readonly StepActor[] = []): Sequence {
  const calls = callsOf(exchange);
  const took = calls.map((call) => (call.notMade ?? call.step).actor).filter(isAsked);
  const ids = [...new Set([...took, ...usual.filter(isAsked)])];
  const lanes: readonly Lane[] = [
    { id: "browser", title: "Browser", asked: true },
    { id: "application", title: "Application", asked: true },
    ...ids.map((id) => ({ id, title: actorTitles[id], asked: took.includes(id) })),
  ];
  const whole = Math.max(1, exchange.took * 1000, ...exchange.steps.map((step) => step.startedAfter + step.took));
  const stopsAt = exchange.steps.findIndex((step) => isEndOf(exchange, step));
  const drawing: Drawing = { lanes, whole, stops: exchange.steps[stopsAt] };
  const steps = calls.map((call, index) =>
    call.notMade ? unmade(call.notMade, index, drawing) : stepOf(call.step, index, { ...drawing, number: call.number }),
  );
  return { lanes, steps };
}

/**
 * The step whose refusal became the answer. A check of an edited
 * credential is answered with 200 and can still contain a refusal.
 */
function isEndOf({ code, action }: Exchange, step: TraceStep): boolean {
  const refusal = refusalIn(step);
  if (refusal === null) return false;
  return code === null ? action === "try" : refusal.code === code;
}

type Drawing = { readonly lanes: readonly Lane[]; readonly whole: number; readonly stops: TraceStep | undefined };

/** Where it would have gone, with no time that it took. */
function unmade(call: CallNotMade, index: number, { lanes }: Drawing): SequenceStep {
  const { actor, did, says } = call;
  return {
    ...{ key: `${index} ${actor} ${did}`, lane: laneOf(actor, lanes), number: null },
    notMade: isUntold(call) ? "untold" : "unasked",
    ...{ asks: says, port: `${actor}.${did}`, found: "", refused: null, stops: false, took: 0, from: 0, part: 0 },
  };
}

function laneOf(actor: StepActor, lanes: readonly Lane[]): number {
  const lane = lanes.findIndex(({ id }) => id === actor);
  return lane < 0 ? application : lane;
}

type Numbered = Drawing & Pick<SequenceStep, "number">;

function stepOf(step: TraceStep, index: number, { lanes, whole, stops, number }: Numbered): SequenceStep {
  const refusal = refusalIn(step);
  return {
    key: `${index} ${step.actor} ${step.did}`,
    ...{ lane: laneOf(step.actor, lanes), number, notMade: null },
    asks: step.actor === "flow" ? `the flow’s verdict: ${step.did}` : askedWords(step),
    port: `${step.actor}.${step.did}`,
    found: foundWords(step.found),
    refused: refusal && { code: refusal.code, words: refusalWords(refusal) },
    stops: step === stops,
    took: step.took,
    from: step.startedAfter / whole,
    part: step.took / whole,
  };
}

function isAsked(actor: StepActor): actor is Asked {
  return actor !== "flow" && actor !== "edge";
}

/** The ports that the same call used when it was last accepted. `exchanges` newest first. */
export function usuallyAsked(exchange: Exchange, exchanges: readonly Exchange[]): readonly StepActor[] {
  const accepted = exchanges.find(
    (one) =>
      one.code === null &&
      one.flow === exchange.flow &&
      one.action === exchange.action &&
      (exchange.variant === null || one.variant === exchange.variant),
  );
  return [...new Set(accepted?.steps.map(({ actor }) => actor))];
}
