import type { AuthFlow, FlowModule } from "../core/flow.ts";
import type { FlowId, VariantId } from "../core/ids.ts";
import type { Grant } from "../core/login.ts";
import type { AuthEvent, CookieState, EventsWanted, RecordedEvent } from "../core/ports.ts";
import type { RefusalCode } from "../core/refusal.ts";
import type { Client, FlowRequest } from "../core/request.ts";
import type { Refused, Result } from "../core/result.ts";
import type { Clock, Instant } from "../core/time.ts";
import type { Identity, UserId } from "../core/user.ts";
import type { CopiesView } from "../lab/feed/copies-view.ts";
import type { CallNotMade, Exchange, SourceLine } from "../lab/feed/exchange.ts";
import type { Plug } from "../lab/feed/plug.ts";
import type { RecordView } from "../lab/feed/record-view.ts";
import type { Lab, LoginUse, People } from "../lab/lab.ts";
import type { Limit } from "./password-attempts/limit.ts";
import type { PasswordLimits } from "./password-attempts/password-limits.ts";

/** The parts of the application that the edge uses. A feature's own parts are passed to its endpoints. */
export type Application = {
  readonly labMode: boolean;
  /** Scheme, host and port of this application, as configured. */
  readonly origin: string;
  readonly flows: readonly FlowModule[];
  /** Variants that cannot log in here, each with a sentence on what is missing. */
  readonly missing: ReadonlyMap<VariantId, string>;
  /** A lab by its public id; `null` if it does not exist or has expired. One that was only looked at exists. */
  findLabContext(labId: string): Promise<LabContext | null>;
  /**
   * The lab of a lab cookie. `writes`: it gets a row, if it has none. Answers the seconds to wait if this address makes
   * too many of them.
   */
  visit(labCookie: string, visit: Visit): Promise<{ context: LabContext } | { retryAfter: number }>;
  /** The value of a new lab cookie: 256 random bits. */
  mintLabCookie(): string;
  /** The public id of the lab behind a lab cookie's value. */
  labIdOf(labCookie: string): string;
  readonly limits: Readonly<Record<"refresh" | "noted", Limit>> & { readonly password: PasswordLimits };
  readonly passwords: {
    hash(password: string): Promise<string>;
    verify(hash: string | null, password: string): Promise<boolean>;
    /** A new hash of a password that was just verified, if the stored one is outdated; else `null`. */
    renew(hash: string, password: string): Promise<string | null>;
    /**
     * Does the work. The hashes that it asks for wait in the line of `who`, and no longer once that caller has `gone`;
     * those that are asked for elsewhere are the process's own. Throws `Overloaded` where one cannot wait.
     */
    askedBy<T>(asking: { readonly who: string; readonly gone: AbortSignal }, work: () => Promise<T>): Promise<T>;
    /** A sentence on what is wrong with a new password, or `null`. */
    objection(password: string): string | null;
  };
  deviceOf(userAgent: string): string;
  readonly exchanges: ExchangeFeed;
  /** What the server holds of the logins of one flow, newest first; `null`: that flow keeps no record. */
  heldOf(context: LabContext, flow: FlowId): Promise<readonly RecordView[] | null | undefined>;
  readonly systemClock: Clock;
  /** Aborted when this process is asked to end. Streamed answers end then. */
  readonly stopping: AbortSignal;
  /** Origins whose pages may send a bearer token. */
  readonly corsOrigins: readonly string[];
  /** Told of each answered call of a lab, before the answer is sent. */
  answered(call: AnsweredCall): Promise<void>;
  /** Reports an error that no request should cause. The client is not told of it. */
  report(error: unknown): void;
};

export type AnsweredCall = {
  /** When it came in, in milliseconds of `performance.now()`: which of two things came first does not go by a clock. */
  readonly cameIn: number;
  /** As it was before the call. */
  readonly context: LabContext;
  /** Its cookies are those of the answer. */
  readonly flowRequest: FlowRequest;
  /** The credentials that came with the request, in header, body and cookies. */
  sent(): readonly string[];
  /** The operation set a cookie. */
  readonly sets: boolean;
  readonly flow: FlowId | null;
  readonly variant: VariantId | null;
  /** What the call did that should end logins. */
  readonly plug?: Plug;
  /** What it handed to a browser. `begins`: with it a login begins; otherwise one goes on. */
  readonly handed?: { readonly grant: Grant; readonly begins: boolean };
};

export type Visit = { readonly address: string; readonly writes: boolean };

/** One lab, with its flows and ports. */
export type LabContext = {
  readonly lab: Lab;
  /** False: the lab was not changed yet, so it has no row and keeps no login. */
  readonly hasRow: boolean;
  readonly clock: Clock;
  readonly people: People;
  defaultVariant(flow: FlowId): VariantId;
  /** From now on this lab accepts credentials of this variant. Answers the lab as it is then. */
  enable(variant: VariantId): Promise<LabContext>;
  /** The lab's settings as a place of that flow's cookies: from now on a logout deletes them there as well. */
  rememberPlace(flow: FlowId): Promise<void>;
  flow(variant: VariantId, context: FlowContext): AuthFlow;
  /** The payment sessions of that variant's flow; `null`: the flow has none. */
  payments(variant: VariantId, context: FlowContext): PaymentSessions | null;
  /** The same lab, as seen by a second node of the application. */
  atOtherNode(): LabContext;
  /** How many look-ups of this flow were answered from this node's read cache; `null`: none was asked of it. */
  readHits(flow: FlowId): ReadHits | null;
  /** Deletes what only this node remembers of the lab, as a restart would. */
  forgetMemory(): void;
  /** The service behind this lab's gateway. */
  inside(trace: StepRecorder | null): InsideServices;
  /** The events of this lab, newest first; `before` is the id of the last one already read. */
  events(wanted: EventsWanted): Promise<readonly RecordedEvent[]>;
  readonly knownDevices: KnownDevices;
  /** Whose name that is, for the event of a refused login. The same work for every name. */
  tried(username: string): Promise<TriedName>;
  /** When and from where the tokens of these logins were used, the newest use first. */
  uses(recordIds: readonly string[]): Promise<readonly LoginUse[]>;
  audit(event: AuthEvent, context: { client: Client; flow: FlowId | null; variant: VariantId | null }): void;
};

export type ReadHits = { readonly hits: number; readonly misses: number };

/** What the cookie of known devices is made with. */
export type KnownDevices = {
  /** Signed, under a key of this lab alone. */
  readonly cookie: CookieState;
  /** 8 bytes that stand for a text in this lab alone. */
  markOf(text: string): string;
  newId(): string;
};

/** `nobody`: a mark of a name that nobody has. */
export type TriedName = { readonly userId: UserId } | { readonly nobody: string };

/** Short sessions for paying, each beside a login that it cannot outlive. */
export type PaymentSessions = {
  /** Needs a login whose password was given lately: else REAUTHENTICATION_REQUIRED. A login has one payment session. */
  open(request: FlowRequest): Promise<Result<PaymentSession>>;
  /** The payment session of this request's login. Extends neither of the two. */
  look(request: FlowRequest): Promise<Result<PaymentSession>>;
  /** Ends the payment session and leaves the login. Succeeds also without one. */
  end(request: FlowRequest): Promise<Result<null>>;
};

export type PaymentSession = { readonly user: Identity; readonly openedAt: Instant; readonly expiresAt: Instant };

/** Both ends of a call to the service behind the gateway: the caller, and the service that verifies the call. */
export type InsideServices = {
  /** Calls the service for this person, with a token for this call. Throws StoreUnavailable if it does not answer. */
  orders(subject: UserId): Promise<ServiceAnswer>;
  verify(token: string): Promise<Result<{ readonly subject: UserId }>>;
};

export type ServiceAnswer = {
  readonly service: string;
  readonly status: number;
  readonly body: unknown;
  readonly milliseconds: number;
};

export type FlowContext = {
  readonly client: Client;
  readonly trace: StepRecorder | null;
  /** A login in it ends none above the lab's cap on parallel logins: its caller does, later. */
  readonly uncapped?: boolean;
};

/** Where tracing decorators write their steps. */
export type StepRecorder = {
  record(step: Exchange["steps"][number]): void;
  /** Notes a call that the variant does not make. */
  notMade(call: Omit<CallNotMade, "after">): void;
  /** A refusal by the edge itself, before any port was called. */
  refused(did: string, refusal: Refused): void;
  /** Adds the request's refusal as a step of the edge, unless an earlier step has it. */
  stopped(code: RefusalCode): void;
  /** The steps so far. */
  steps(): Exchange["steps"];
  /** Notes the line of the flow that refused. The last one with the answered code is the one shown. */
  ended(code: RefusalCode, at: SourceLine): void;
  readonly startedAt: number;
};

export type ExchangeFeed = {
  /** A page of this lab is rendered now, and reads its stream soon. */
  expectReader(labId: string): void;
  isWatched(labId: string): boolean;
  /** A page reads this lab's stream now. */
  isStreamed(labId: string): boolean;
  publish(labId: string, exchange: Omit<Exchange, "id">): void;
  /** Server-sent events, starting after the one with that id. */
  stream(
    labId: string,
    from: { readonly after: string | null; readonly copies: CopiesView },
    signal: AbortSignal,
  ): ReadableStream<Uint8Array>;
};
