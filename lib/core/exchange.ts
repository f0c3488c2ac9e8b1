import type { FlowId, VariantId } from "./flow.ts";
import type { RefusalCode } from "./refusal.ts";
import type { Instant } from "./time.ts";

/** Who does a step inside the server: what the sequence diagram draws a line to. */
export type StepActor =
  | "store"
  | "users"
  | "keys"
  | "cookie"
  | "policy"
  | "secrets"
  | "service"
  /** The flow itself, whose step holds those that it asked for. */
  | "flow"
  /** The edge, where it refuses before any flow is asked. */
  | "edge";

/** One call through a port, seen from outside by a decorator. */
export type TraceStep = {
  readonly actor: StepActor;
  /** The port's method, such as `find`. */
  readonly did: string;
  /** What came back, in a few words and without any credential: `found`, `nothing`, `INVALID_CREDENTIAL at signature`. */
  readonly found: string;
  /** Microseconds since the exchange began, and how long it took, by the system clock. */
  readonly startedAfter: number;
  readonly took: number;
};

export type Header = readonly [name: string, value: string];

/** One HTTP request and its answer, with the steps that the server took. Passwords are never in it. */
export type Exchange = {
  /** Ascending within a lab; what a reader resumes after. */
  readonly id: number;
  /** Lab clock. */
  readonly at: Instant;
  readonly flow: FlowId | null;
  readonly action: string;
  readonly variant: VariantId | null;
  readonly device: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: readonly Header[];
    readonly body: string | null;
  };
  readonly response: { readonly status: number; readonly headers: readonly Header[]; readonly body: string | null };
  readonly code: RefusalCode | null;
  readonly steps: readonly TraceStep[];
  /** Milliseconds, by the system clock. */
  readonly took: number;
};
