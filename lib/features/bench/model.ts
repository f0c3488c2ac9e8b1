import type { FlowId, VariantId } from "../../core/ids.ts";

/**
 * What is timed. `hot`: `GET me` with a credential that was seen before. `cold`: the same, with more logins in turn than
 * a memory holds. The others are one request each.
 */
export const timedActions = ["hot", "cold", "login", "refresh", "revoke"] as const;
export type TimedAction = (typeof timedActions)[number];

/** A median over rounds, with its bootstrap interval of 95 %. */
export type Figure = { readonly median: number; readonly low: number; readonly high: number };

/** What one request asks of stores outside this process. */
export type RoundTrips = {
  /** SQL statements, counted at the driver. */
  readonly statements: number;
  /** Redis commands, counted at its client. */
  readonly commands: number;
};

/** Timed inside the handler, around all of our work. Microseconds a request. */
export type InPlace = {
  /** Until the answer is there, one request at a time. */
  readonly took: Figure;
  readonly p50: number;
  readonly p99: number;
  /** CPU of the process, its threads included, one request at a time. */
  readonly cpu: Figure;
  /** CPU of the process with 16 requests in flight; `null`: measured one at a time only. */
  readonly busy: Figure | null;
  /** Of `took`: the request to another part of this application. `null`: there is none. */
  readonly inner: number | null;
  readonly trips: RoundTrips;
};

/** `GET me` over HTTP, hot, with 16 requests in flight. CPU in microseconds a request. */
export type OverHttp = {
  /** Throughput over that of the bare route, in the same round. */
  readonly share: Figure;
  /** CPU of the server's process, less that of the bare route. */
  readonly added: Figure;
  readonly cpu: Figure;
  /** CPU of Redis; `null`: there is none. */
  readonly redis: Figure | null;
  readonly perSecond: Figure;
  /** Milliseconds that a client waits. */
  readonly p50: number;
  readonly p99: number;
};

/** Bytes of one request and its answer on the socket: lines, headers, bodies. */
export type OnTheWire = { readonly sent: number; readonly received: number };

/** One variant under one of the conditions. */
export type BenchRow = {
  readonly variant: VariantId;
  readonly condition: ConditionId;
  readonly inPlace: { readonly [Action in TimedAction]?: InPlace };
  readonly overHttp: OverHttp | null;
  readonly wire: { readonly [Action in Exclude<TimedAction, "cold">]?: OnTheWire };
};

/** What ratios of two machines of the same class can be compared by. */
export type MachineClass = { readonly cpu: string; readonly cores: number; readonly node: string };

export type Recording = {
  /** When it began, by the machine's clock. */
  readonly at: string;
  readonly machine: MachineClass;
  /** Load averages over a minute, before and after: a quiet machine has less than one before. */
  readonly load: readonly [before: number, after: number];
  readonly method: {
    readonly inPlace: { readonly requests: number; readonly rounds: number; readonly logins: number };
    readonly overHttp: { readonly rounds: number; readonly seconds: number; readonly inFlight: number };
  };
  /** An address of the bench that passes the edge and does nothing. */
  readonly edge: InPlace | null;
  /** The bare route. */
  readonly bare: Pick<OverHttp, "cpu" | "perSecond" | "p50" | "p99"> | null;
  readonly rows: readonly BenchRow[];
  /** Other libraries in the same run. Absent: they were not asked for. */
  readonly peers?: readonly PeerRow[];
};

/** A library that keeps people logged in. What it adds is less the same framework without a login. */
export type PeerRow = { readonly peer: string; readonly version: string; readonly overHttp: OverHttp };

/** How a process reads rows by SQL, as its `SQL_READS` says. */
export type ReadsBy = "prisma" | "prepared";

/**
 * `usual`: a new lab, as it is. `read-cache`: with its read cache. `prepared-reads`: in a process that reads rows by
 * prepared statements.
 */
export const conditionIds = ["usual", "read-cache", "prepared-reads"] as const;
export type ConditionId = (typeof conditionIds)[number];

/** A median with the interval of its rounds, and the target that it is held against. */
export type BenchBar = {
  readonly variant: VariantId;
  readonly title: string;
  readonly figure: Figure;
  /** On the axis of the bars. `null`: nothing is asked. */
  readonly target: number | null;
  readonly verdict: "reached" | "missed" | "undecided" | null;
  /** What stands beside the bar. */
  readonly beside: string;
};

export type BenchGroup = { readonly flow: FlowId; readonly title: string; readonly bars: readonly BenchBar[] };

/** What travels with a request of one variant, and what it asks of stores. */
export type BenchTraffic = {
  readonly variant: VariantId;
  readonly flow: FlowId;
  readonly title: string;
  readonly me: OnTheWire;
  readonly login: OnTheWire;
  /** Of `GET me`; `null`: not counted. */
  readonly trips: RoundTrips | null;
};

/** What a sentence of the field comes to here. */
export type JudgedSentence = {
  readonly sentence: string;
  readonly verdict: "confirmed" | "limited" | "refuted" | "undecided" | "not measured";
  readonly measured: string;
};

/** How long a copy gets in after a logout, and what the variants of which that is so add to a request. */
export type RefusalCost = {
  readonly until: string;
  /** The copy still gets in. */
  readonly exposed: boolean;
  readonly variants: readonly {
    readonly variant: VariantId;
    readonly flow: FlowId;
    readonly title: string;
    readonly added: number;
  }[];
};

/** A peer beside the variants that keep a login in such a place. */
export type BesidePeer = {
  readonly title: string;
  readonly version: string;
  readonly keeps: string;
  /** Microseconds of CPU that a request adds. */
  readonly added: Figure;
  readonly variants: readonly {
    readonly variant: VariantId;
    readonly title: string;
    readonly added: Figure;
    /** What the peer adds over what the variant adds. `null`: the variant adds nothing that was measured. */
    readonly times: number | null;
    readonly verdict: "reached" | "missed";
  }[];
};
