import type { StepActor, TraceStep } from "../core/exchange.ts";

/** Where decorators write what they saw. */
export type StepRecorder = { record(step: TraceStep): void; readonly startedAt: number };

/**
 * The same port, watched: each call is timed and told in a few words. Flow code has no tracing in it,
 * and an unwatched lab has none of these wrappers.
 */
export function traced<T extends object>(port: T, actor: StepActor, recorder: StepRecorder): T {
  return new Proxy(port, {
    get(target, property, receiver) {
      const member: unknown = Reflect.get(target, property, receiver);
      if (typeof member !== "function" || typeof property !== "string") return member;
      return (...parameters: unknown[]) => {
        const began = performance.now();
        const tell = (found: string) =>
          recorder.record({
            actor,
            did: property,
            found,
            startedAfter: microseconds(began - recorder.startedAt),
            took: microseconds(performance.now() - began),
          });
        const answer: unknown = Reflect.apply(member, target, parameters);
        if (!(answer instanceof Promise)) {
          tell(inWords(answer));
          return answer;
        }
        return answer.then(
          (value: unknown) => {
            tell(inWords(value));
            return value;
          },
          (error: unknown) => {
            tell("failed");
            throw error;
          },
        );
      };
    },
  });
}

/** What came back, without a credential: its kind, a refusal's code, a count. */
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
