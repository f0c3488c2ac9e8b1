import { Overloaded, type RefusalCode } from "../core/refusal.ts";
import type { Refuse, Refused } from "../core/result.ts";
import { StoreUnavailable } from "../core/store-unavailable.ts";
import type { CallNotMade, SourceLine, StepActor, TraceStep } from "./feed/exchange.ts";
import { flowLineOf } from "./flow-line.ts";

/** Where decorators write their steps. */
export type StepRecorder = {
  record(step: TraceStep): void;
  notMade(call: Omit<CallNotMade, "after">): void;
  ended(code: RefusalCode, at: SourceLine): void;
  readonly startedAt: number;
};

/** Words for a call that a variant does not make. `null`: it makes that call. */
export type NotMadeWords = (did: string) => Pick<CallNotMade, "says" | "why"> | null;

/**
 * The same port with a decorator: each call is timed and described in a few words. Flow code contains no tracing, and
 * an unwatched lab has no decorators.
 */
export function traced<T extends object>(
  port: T,
  actor: StepActor,
  recorder: StepRecorder,
  notMade: NotMadeWords = () => null,
): T {
  const tellNotMade = (did: string, at: SourceLine | null) => {
    const words = notMade(did);
    if (words) recorder.notMade({ actor, did, ...words, ...(at && { at }) });
  };
  return new Proxy(port, {
    get(target, property, receiver) {
      const member: unknown = Reflect.get(target, property, receiver);
      // A flow asks for a method that the port may lack where it would call it: `revocation.end?.(…)`.
      if (member === undefined && typeof property === "string") tellNotMade(property, flowLineOf(new Error("here")));
      if (typeof member !== "function" || typeof property !== "string") return member;
      return (...parameters: unknown[]) => {
        const at = flowLineOf(new Error("here"));
        tellNotMade(property, at);
        const began = performance.now();
        const tell = (found: string) =>
          recorder.record({
            actor,
            did: property,
            found,
            startedAfter: microseconds(began - recorder.startedAt),
            took: microseconds(performance.now() - began),
            ...(at && { at }),
          });
        const hand = (answer: unknown) => {
          tell(inWords(answer));
          // A refusal of a port is attributed to the line that called the port.
          if (at && isRefused(answer)) recorder.ended(answer.code, at);
          return answer;
        };
        const answer: unknown = Reflect.apply(member, target, parameters);
        if (!(answer instanceof Promise)) return hand(answer);
        return answer.then(hand, (error: unknown) => {
          tell(inWordsOfFailure(error));
          throw error;
        });
      };
    },
  });
}

/** The same refusals; for each one by a line of a flow, the line is noted. */
export function tracedRefusals(refuse: Refuse, recorder: StepRecorder): Refuse {
  return (code, at) => {
    const line = flowLineOf(new Error("here"));
    if (line) recorder.ended(code, line);
    return refuse(code, at);
  };
}

function isRefused(answer: unknown): answer is Refused {
  return typeof answer === "object" && answer !== null && "ok" in answer && answer.ok === false && "code" in answer;
}

/** If a store does not answer, or no password is hashed, the request is answered with that code: the step has it too. */
function inWordsOfFailure(error: unknown): string {
  if (error instanceof Overloaded) return "OVERLOADED" satisfies RefusalCode;
  return error instanceof StoreUnavailable ? ("STORE_UNAVAILABLE" satisfies RefusalCode) : "failed";
}

/** The result without a credential: its kind, a refusal's code, a count. */
function inWords(value: unknown): string {
  switch (typeof value) {
    case "undefined":
      return "done";
    case "boolean":
      return value ? "yes" : "no";
    case "number":
      return String(value);
    case "string":
      return "made";
    case "object":
      return objectInWords(value);
    default:
      return "found";
  }
}

function objectInWords(value: object | null): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return String(value.length);
  if (!("ok" in value)) return "found";
  if (!("code" in value)) return "ok";
  return "at" in value ? `${value.code} at ${value.at}` : String(value.code);
}

function microseconds(milliseconds: number): number {
  return Math.round(milliseconds * 1000);
}
