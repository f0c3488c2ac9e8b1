import type { FlowId, VariantId } from "../core/ids.ts";
import type { RefusalCode } from "../core/refusal.ts";
import type { Duration, Instant } from "../core/time.ts";

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

/** A line of this repository's source, as it runs: line 80 of `lib/flows/cookie/flow.ts`. */
export type SourceLine = { readonly file: string; readonly line: number };

/** One call through a port, seen from outside by a decorator. */
export type TraceStep = {
  readonly actor: StepActor;
  /** The port's method, such as `find`. */
  readonly did: string;
  /** The result in a few words and without a credential: `found`, `nothing`, `INVALID_CREDENTIAL at signature`. */
  readonly found: string;
  /** Microseconds since the exchange began, and how long it took, by the system clock. */
  readonly startedAfter: number;
  readonly took: number;
  /** The line of the flow that asked. Absent where no line of a flow is behind it, or none could be told. */
  readonly at?: SourceLine;
};

export type Header = readonly [name: string, value: string];

/** One HTTP request and its answer, with the steps that the server took. Passwords are never in it. */
export type Exchange = {
  /** Ascending within a lab; what a reader resumes after. */
  readonly id: number;
  /** Lab clock. */
  readonly at: Instant;
  /** How far the lab's clock had been moved by then: a browser counts a cookie's Max-Age by its own. */
  readonly clockOffset: Duration;
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
  /** The line of the flow that refused. Absent where none did, or where what it asked refused: then the last step has the line. */
  readonly refusedAt?: SourceLine;
  /** Milliseconds, by the system clock. */
  readonly took: number;
};
