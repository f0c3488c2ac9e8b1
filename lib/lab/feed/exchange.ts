import type { FlowId, VariantId } from "../../core/ids.ts";
import type { RefusalCode } from "../../core/refusal.ts";
import type { Duration, Instant } from "../../core/time.ts";
import type { RecordView } from "./record-view.ts";

/** The actor of a step inside the server, as the sequence diagram shows it. */
export type StepActor =
  | "store"
  | "users"
  | "keys"
  | "cookie"
  | "policy"
  | "secrets"
  | "service"
  /** The flow itself; its step contains those of its calls. */
  | "flow"
  /** The edge, if it refuses before a flow is called. */
  | "edge";

/** A line of this repository's source, as it runs: line 80 of `lib/flows/cookie/flow.ts`. */
export type SourceLine = { readonly file: string; readonly line: number };

/** One call to a port, recorded by a decorator. */
export type TraceStep = {
  readonly actor: StepActor;
  /** The port's method, such as `find`. */
  readonly did: string;
  /** The result in a few words and without a credential: `found`, `nothing`, `INVALID_CREDENTIAL at signature`. */
  readonly found: string;
  /** Microseconds since the exchange began, and how long it took, by the system clock. */
  readonly startedAfter: number;
  readonly took: number;
  /** The line of the flow that called. Absent if the call did not come from a flow, or the line is unknown. */
  readonly at?: SourceLine;
};

/**
 * A call that the flow came to, and that this variant does not make: its port has nothing to ask, or nobody to tell. In
 * words, by the variant's settings.
 */
export type CallNotMade = {
  readonly actor: StepActor;
  readonly did: string;
  /** Beside the call: `no list is told that the access token ended`. */
  readonly says: string;
  /** Below the line of the flow, a sentence or two. */
  readonly why: string;
  /** So many steps of the exchange were recorded before. A step of this very call is the next one. */
  readonly after: number;
  readonly at?: SourceLine;
};

export type Header = readonly [name: string, value: string];

/** As many of the exchanges that are not proved are kept, apart from the others. */
export const unprovedKept = 10;

/** One HTTP request and its answer, with the steps that the server took. Passwords are never in it. */
export type Exchange = {
  /** Ascending within a lab; a reader resumes after it. */
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
  /** Absent: the variant made each call that the flow came to. */
  readonly notMade?: readonly CallNotMade[];
  /**
   * The line of the flow that refused. Absent if no flow refused, or if a port did: then the last step has the line.
   */
  readonly refusedAt?: SourceLine;
  /**
   * It came with neither the lab's cookie nor a credential that verified: whoever knows the lab's public id can send it.
   * Absent: it came with one.
   */
  readonly unproved?: true;
  /**
   * What the server held of the flow's logins, as `GET /api/lab` shows it. Absent: nobody read the lab's stream, or it was
   * no request to a flow.
   */
  readonly held?: HeldThen;
  /** Milliseconds, by the system clock. */
  readonly took: number;
};

/** Newest first, and without a credential; `null`: the flow keeps no record. */
export type HeldThen = Readonly<Record<"before" | "after", readonly RecordView[] | null>>;
