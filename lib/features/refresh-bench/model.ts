import type { EndReason } from "../../core/record.ts";
import type { RefusalCode } from "../../core/refusal.ts";

/** Who acts on the refresh bench. Tabs are of one browser and share its cookie jar; the thief has a copy. */
export type BenchActor = "tab-1" | "tab-2" | "tab-3" | "thief" | "network" | "process" | "clock";

/** One thing that somebody wants to do. Data, so that a page can show it and a test run it. */
export type BenchAct =
  | { readonly actor: "tab-1" | "tab-2" | "tab-3"; readonly does: "refresh" | "log-out" | "revoke-all" }
  /** `replay-first`: with the first token that was ever copied, instead of what the thief holds now. */
  | { readonly actor: "thief"; readonly does: "copy" | "refresh" | "replay-first" };

/**
 * What goes wrong in a phase. `answer-lost`: the first answer to the browser never arrives. `crash`: the process dies
 * with a request in hand. `restart`, `restart-empty`: it ends and begins anew, with its database or with nothing.
 */
export type BenchFault = "answer-lost" | "crash" | "restart" | "restart-empty";

/** What happens at the same time: in which order, call by call, is the seed's to say. */
export type BenchPhase = {
  /** On the bench's clock, before it begins. */
  readonly waitSeconds?: number;
  readonly together: readonly BenchAct[];
  readonly fault?: BenchFault;
};

export type RefreshSchedule = {
  readonly id: string;
  readonly title: string;
  /** What a person wants to know. */
  readonly question: string;
  readonly phases: readonly BenchPhase[];
  /** How long a tab waits after a request without an answer before it asks again. */
  readonly retryAfterSeconds: number;
  /** So long after the owner's refresh the thief comes, when all has settled. */
  readonly thiefFollowsSeconds: number;
  /** The clock stands still through all phases: everything happens in one millisecond. */
  readonly frozen?: true;
};

/** A way to treat refresh tokens that come back. */
export type RefreshStrategy = {
  readonly id: string;
  readonly title: string;
  /** One sentence: what it does. */
  readonly summary: string;
  /** Wrong on purpose, or as it should be. */
  readonly safety: "unsafe" | "safe";
};

/** What is counted. */
export type BenchMeasure = "false-logout" | "thief-survives" | "in-after-end";

/** What a schedule is about: false logouts where nobody stole or ended anything, thieves where somebody stole. */
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

/** A refresh token as the bench calls it: `R1` is what the login gave; `R3` and `R3b` are two of the third generation, of two branches. */
export type TokenName = string;

/** What happened in one turn of one actor. */
export type BenchEvent =
  | { readonly kind: "wait"; readonly seconds: number }
  | { readonly kind: "copy"; readonly token: TokenName | null }
  | { readonly kind: "send"; readonly request: string; readonly token: TokenName | null }
  /** Another tab was given a newer access token meanwhile: nothing is asked. */
  | { readonly kind: "shared" }
  /** The server asked its store. `token`: the one that the call was about. */
  | { readonly kind: "store"; readonly call: string; readonly token: TokenName | null; readonly found: string }
  | {
      readonly kind: "answer";
      readonly request: string;
      readonly status: number;
      readonly code: RefusalCode | null;
      /** The refresh token that it set, if it set one. */
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
  /** After the phases of the schedule, when it is asked who still gets in. */
  readonly settling: boolean;
  /** As things stand after this step. */
  readonly tree: BenchTree;
};

export type BenchToken = {
  readonly name: TokenName;
  readonly generation: number;
  readonly parent: TokenName | null;
  /** When it was exchanged, as this server remembers it. */
  readonly usedAt: number | null;
};

/** The family as the server holds it, and who holds which token. A token that somebody holds may be unknown to the server. */
export type BenchTree = {
  readonly tokens: readonly BenchToken[];
  readonly ended: { readonly reason: EndReason; readonly at: number } | null;
  readonly holding: { readonly browser: TokenName | null; readonly thief: TokenName | null };
};

/** What one run showed. Whatever the schedule is not about is false. */
export type BenchOutcome = {
  /** An honest tab was refused, although nobody stole and nobody ended anything. */
  readonly falseLogout: boolean;
  /** After everything has settled, and after the owner's next refresh, the thief still gets an answer. */
  readonly thiefSurvives: boolean;
  /** A refresh was answered well that was sent when the end of the family had already been told to somebody. */
  readonly inAfterEnd: boolean;
};

/** Which run: the same four always give the same run. */
export type BenchOrder = {
  readonly strategy: string;
  /** The tabs of the browser take turns under one lock, and share what they are given. */
  readonly singleFlight: boolean;
  readonly schedule: string;
  readonly seed: number;
};

export type BenchRun = BenchOrder & {
  /** After the login, before anything happens. */
  readonly begin: BenchTree;
  readonly steps: readonly BenchStep[];
  readonly outcome: BenchOutcome;
};

/** Which runs to count: seeds one after another, from this one on. */
export type BenchCountOrder = Omit<BenchOrder, "seed"> & { readonly from: number; readonly runs: number };

/**
 * How often each measure came out badly, and the first seed with which it did. `of`: in how many of the runs it was to be
 * seen at all, since after an end that never came nobody can get in.
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

/** Whether a run shows anything of a measure. */
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
