import type { EndReason } from "../../core/record.ts";
import type { RefusalCode } from "../../core/refusal.ts";

/** The actors of the refresh bench. The tabs are of one browser and share its cookie jar; the thief has a copy. */
export type BenchActor = "tab-1" | "tab-2" | "tab-3" | "thief" | "network" | "process" | "clock";

/** One action of an actor. Data, so that a page can show it and a test can run it. */
export type BenchAct =
  | { readonly actor: "tab-1" | "tab-2" | "tab-3"; readonly does: "refresh" | "log-out" | "revoke-all" }
  /** `replay-first`: sends the first token that was copied, and not the one that the thief holds now. */
  | { readonly actor: "thief"; readonly does: "copy" | "refresh" | "replay-first" };

/**
 * The failure of a phase. `answer-lost`: the first answer to the browser never arrives. `crash`: the process dies while
 * it handles a request. `restart`, `restart-empty`: the process starts anew, with its database or with an empty one.
 */
export type BenchFault = "answer-lost" | "crash" | "restart" | "restart-empty";

/** Actions that happen at the same time. The seed decides their order, call by call. */
export type BenchPhase = {
  /** Time that passes on the bench's clock before the phase. */
  readonly waitSeconds?: number;
  readonly together: readonly BenchAct[];
  readonly fault?: BenchFault;
};

export type RefreshSchedule = {
  readonly id: string;
  readonly title: string;
  /** The question that the schedule answers. */
  readonly question: string;
  readonly phases: readonly BenchPhase[];
  /** How long a tab waits before it repeats a request that got no answer. */
  readonly retryAfterSeconds: number;
  /** How long after the owner's refresh the thief comes, when all requests are done. */
  readonly thiefFollowsSeconds: number;
  /** The clock stands still through all phases: all happens in one millisecond. */
  readonly frozen?: true;
};

/** A strategy: how the server treats a refresh token that it has seen before. */
export type RefreshStrategy = {
  readonly id: string;
  readonly title: string;
  /** One sentence on what the strategy does. */
  readonly summary: string;
  /** Correct, or wrong on purpose. */
  readonly safety: "unsafe" | "safe";
};

/** The measures that a count adds up. */
export type BenchMeasure = "false-logout" | "thief-survives" | "in-after-end";

/**
 * The measures that apply to a schedule: false logouts if no token is stolen and no login ended, surviving thieves if a
 * token is stolen.
 */
export function measuresOf({ phases }: Pick<RefreshSchedule, "phases">): readonly BenchMeasure[] {
  const acts = phases.flatMap(({ together }) => together);
  const stolen = acts.some(({ does }) => does === "copy");
  const ended = acts.some(({ does }) => does === "log-out" || does === "revoke-all");
  return [
    ...(stolen || ended ? [] : (["false-logout"] as const)),
    ...(stolen ? (["thief-survives"] as const) : []),
    ...(stolen || ended ? (["in-after-end"] as const) : []),
  ];
}

/**
 * A refresh token's name on the bench: `R1` is the one from the login; `R3` and `R3b` are two of the third generation,
 * of two branches.
 */
export type TokenName = string;

/** One turn of one actor. */
export type BenchEvent =
  | { readonly kind: "wait"; readonly seconds: number }
  | { readonly kind: "copy"; readonly token: TokenName | null }
  | { readonly kind: "send"; readonly request: string; readonly token: TokenName | null }
  /** Another tab has received a newer access token, so no request is sent. */
  | { readonly kind: "shared" }
  /** The server called its store. `token`: the token of the call. */
  | { readonly kind: "store"; readonly call: string; readonly token: TokenName | null; readonly found: string }
  | {
      readonly kind: "answer";
      readonly request: string;
      readonly status: number;
      readonly code: RefusalCode | null;
      /** The refresh token that the answer set, if any. */
      readonly token: TokenName | null;
    }
  | { readonly kind: "lost"; readonly request: string; readonly status: number }
  | { readonly kind: "crash" }
  | { readonly kind: "restart"; readonly emptied: boolean };

export type BenchStep = {
  readonly actor: BenchActor;
  readonly event: BenchEvent;
  /** Milliseconds since the login, on the bench's clock. */
  readonly at: number;
  /** After the phases of the schedule: the steps that test who still gets in. */
  readonly settling: boolean;
  /** The state after this step. */
  readonly tree: BenchTree;
};

export type BenchToken = {
  readonly name: TokenName;
  readonly generation: number;
  readonly parent: TokenName | null;
  /** When it was exchanged, by the server's record. */
  readonly usedAt: number | null;
};

/**
 * The family as the server has it, and the tokens that each actor holds. The server may not know a token that an actor
 * holds.
 */
export type BenchTree = {
  readonly tokens: readonly BenchToken[];
  readonly ended: { readonly reason: EndReason; readonly at: number } | null;
  readonly holding: { readonly browser: TokenName | null; readonly thief: TokenName | null };
};

/** The result of one run. Measures that do not apply to the schedule are false. */
export type BenchOutcome = {
  /** An honest tab was refused, although no token was stolen and no login ended. */
  readonly falseLogout: boolean;
  /** After all requests are done, and after the owner's next refresh, the thief is still accepted. */
  readonly thiefSurvives: boolean;
  /** A refresh succeeded that was sent after an answer had already told the end of the family. */
  readonly inAfterEnd: boolean;
};

/** Selects a run: the same four values always give the same run. */
export type BenchOrder = {
  readonly strategy: string;
  /** The tabs of the browser refresh one at a time under one lock, and share the result. */
  readonly singleFlight: boolean;
  readonly schedule: string;
  readonly seed: number;
};

export type BenchRun = BenchOrder & {
  /** The state after the login, before the first phase. */
  readonly begin: BenchTree;
  readonly steps: readonly BenchStep[];
  readonly outcome: BenchOutcome;
};

/** The runs of a count: consecutive seeds, from this one on. */
export type BenchCountOrder = Omit<BenchOrder, "seed"> & { readonly from: number; readonly runs: number };

/**
 * How often each measure failed, and the first seed with which it did. `of`: the number of runs in which the measure
 * applied: a family that never ended cannot let anyone in after its end.
 */
export type BenchTally = {
  readonly strategy: string;
  readonly singleFlight: boolean;
  readonly schedule: string;
  readonly runs: number;
  readonly bad: Readonly<
    Partial<Record<BenchMeasure, { readonly times: number; readonly of: number; readonly seed: number | null }>>
  >;
};

/** Whether a run gives a result for a measure. */
export function isSeen({ steps }: Pick<BenchRun, "steps">, measure: BenchMeasure): boolean {
  return measure !== "in-after-end" || steps.some(({ tree }) => tree.ended !== null);
}

export function isBad(outcome: BenchOutcome, measure: BenchMeasure): boolean {
  switch (measure) {
    case "false-logout":
      return outcome.falseLogout;
    case "thief-survives":
      return outcome.thiefSurvives;
    case "in-after-end":
      return outcome.inAfterEnd;
  }
}
