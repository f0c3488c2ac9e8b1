import type { AuthFlow, FlowModule } from "../core/flow.ts";
import type { FlowId, VariantId } from "../core/ids.ts";
import type { AuthEvent, EventsWanted, RecordedEvent } from "../core/ports.ts";
import type { RefusalCode } from "../core/refusal.ts";
import type { Client, FlowRequest } from "../core/request.ts";
import type { Refused, Result } from "../core/result.ts";
import type { Clock, Instant } from "../core/time.ts";
import type { Identity, UserId } from "../core/user.ts";
import type { Exchange, SourceLine } from "../lab/exchange.ts";
import type { Lab, People } from "../lab/lab.ts";

/** What the HTTP edge needs of the application. What one feature alone needs is handed to its endpoints. */
export type Application = {
  readonly labMode: boolean;
  /** Scheme, host and port of this application, as configured. */
  readonly origin: string;
  readonly flows: readonly FlowModule[];
  /** Variants that cannot be logged in with here, each with a sentence on what it needs. */
  readonly missing: ReadonlyMap<VariantId, string>;
  /** By its public id; `null` if there is none, or it expired. */
  findWorld(labId: string): Promise<World | null>;
  /** The lab behind a lab cookie's value, made on first need. Seconds to wait where this address makes too many. */
  visit(labCookie: string, address: string): Promise<{ world: World } | { retryAfter: number }>;
  /** The value of a new lab cookie: 256 random bits. */
  mintLabCookie(): string;
  /** The public id of the lab behind a lab cookie's value. */
  labIdOf(labCookie: string): string;
  readonly limits: { readonly login: Limit; readonly loginAddress: Limit; readonly refresh: Limit };
  readonly passwords: {
    hash(password: string): Promise<string>;
    verify(hash: string | null, password: string): Promise<boolean>;
    /** A new hash of a password that was just proved, where the stored one is dated; else `null`. */
    renew(hash: string, password: string): Promise<string | null>;
    /** A sentence on what is wrong with a new password, or `null`. */
    objection(password: string): string | null;
  };
  deviceOf(userAgent: string): string;
  readonly exchanges: ExchangeFeed;
  readonly systemClock: Clock;
  /** Origins that may send a bearer token from a page of theirs. */
  readonly corsOrigins: readonly string[];
  /** Reports an error that no request should cause. The client is not told of it. */
  report(error: unknown): void;
};

/** Counts attempts by key, on the system's clock. */
export type Limit = {
  /** Seconds to wait, or `null` when there is an attempt left, which is then taken. */
  consume(key: string): Promise<number | null>;
  /** Gives an attempt back: it was a success. */
  reward(key: string): Promise<void>;
};

/** One lab, with everything bound to it. */
export type World = {
  readonly lab: Lab;
  readonly clock: Clock;
  readonly people: People;
  defaultVariant(flow: FlowId): VariantId;
  /** Credentials of this variant are accepted from now on. */
  enable(variant: VariantId): Promise<void>;
  flow(variant: VariantId, context: FlowContext): AuthFlow;
  /** Beside the logins of that variant's flow; `null`: that flow has none. */
  payments(variant: VariantId, context: FlowContext): PaymentSessions | null;
  /** The same lab, as a second node of the application would have it. */
  atOtherNode(): World;
  /** What stands behind the gateway of this lab. */
  inside(trace: StepRecorder | null): InsideServices;
  /** The events of this lab, newest first; `before` is the id of the last one already read. */
  events(wanted: EventsWanted): Promise<readonly RecordedEvent[]>;
  audit(event: AuthEvent, context: { client: Client; flow: FlowId | null; variant: VariantId | null }): void;
};

/** Short sessions for paying, each beside a login that it cannot outlive. */
export type PaymentSessions = {
  /** Wants a login whose password was proved lately: else REAUTHENTICATION_REQUIRED. One beside each login. */
  open(request: FlowRequest): Promise<Result<PaymentSession>>;
  /** Is one open, beside the login of this very request? Extends neither. */
  look(request: FlowRequest): Promise<Result<PaymentSession>>;
  /** Ends it, and leaves the login as it is. Succeeds also when none was open. */
  end(request: FlowRequest): Promise<Result<null>>;
};

export type PaymentSession = { readonly user: Identity; readonly openedAt: Instant; readonly expiresAt: Instant };

/** Both ends of a call to the service behind the gateway: who makes it, and who has to believe it. */
export type InsideServices = {
  /** Asks the service for this person, with a token for this call. Throws StoreUnavailable where it does not answer. */
  orders(subject: UserId): Promise<ServiceAnswer>;
  verify(token: string): Promise<Result<{ readonly subject: UserId }>>;
};

export type ServiceAnswer = {
  readonly service: string;
  readonly status: number;
  readonly body: unknown;
  readonly milliseconds: number;
};

export type FlowContext = { readonly client: Client; readonly trace: StepRecorder | null };

/** Where decorators around ports write what they saw. */
export type StepRecorder = {
  record(step: Exchange["steps"][number]): void;
  /** What the edge itself refused: no port was asked. */
  refused(did: string, refusal: Refused): void;
  /** The whole request was refused with that: a step of the edge says so, unless an earlier one already does. */
  stopped(code: RefusalCode): void;
  /** What was written down so far. */
  steps(): Exchange["steps"];
  /** A line of the flow refused; of those with the code that is answered, the last one was the end. */
  ended(code: RefusalCode, at: SourceLine): void;
  readonly startedAt: number;
};

export type ExchangeFeed = {
  isWatched(labId: string): boolean;
  publish(labId: string, exchange: Omit<Exchange, "id">): void;
  /** Server-sent events, beginning after the one of that name. */
  stream(labId: string, after: string | null, signal: AbortSignal): ReadableStream<Uint8Array>;
};
