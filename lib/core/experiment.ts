import type { RefusalCode } from "./refusal.ts";
import type { LifetimeName } from "./time.ts";

/**
 * What a variant says an experiment will show for one credential: the outcome of replaying a captured
 * copy, until when an exposed copy gets in, and with whose authority.
 */
export type Claim = {
  readonly credential: "access" | "refresh";
  readonly outcome: RefusalCode | "exposed";
  readonly until: "at-once" | LifetimeName | "never";
  /** Only when exposed: does it act with today's role, with the one it was issued with, or with one that its sender made up? */
  readonly authority?: "current" | "stale" | "forged";
};

/** A variant's claims by experiment id. A test demands one for each experiment, and that each comes true. */
export type Claims = Readonly<Record<string, readonly Claim[]>>;

/** Who acts. The attacker holds only what was captured; the clock belongs to the lab. */
export type Actor = "victim" | "attacker" | "admin" | "clock";

/** One thing that somebody does. Data, so that a page can show it, a test run it and a person read it. */
export type ExperimentStep =
  | { readonly actor: "victim"; readonly does: "log-in" }
  | { readonly actor: "victim"; readonly does: "log-out" }
  | { readonly actor: "victim"; readonly does: "revoke"; readonly scope: "current" | "others" | "all" }
  | { readonly actor: "victim"; readonly does: "refresh" }
  | { readonly actor: "victim"; readonly does: "change-password" }
  | { readonly actor: "attacker"; readonly does: "capture" }
  /** Without any key: what was captured, rewritten to be somebody else's. */
  | { readonly actor: "attacker"; readonly does: "forge"; readonly as: string }
  | { readonly actor: "admin"; readonly does: "set-role"; readonly role: "user" | "admin" }
  | { readonly actor: "clock"; readonly does: "advance"; readonly seconds: number };

export type Experiment = {
  readonly id: string;
  readonly title: string;
  /** What a person wants to know. */
  readonly question: string;
  readonly steps: readonly ExperimentStep[];
  /** Ids of the catalogue in lib/conformance: what a claim that nothing gets in says is met. */
  readonly requirements?: readonly string[];
  /** How the captured copies are tried afterwards: at their own flow, or at every other one. */
  readonly replay: { readonly at: "own-flow" | "other-flows"; readonly credentials: readonly Claim["credential"][] };
};

/** What one experiment showed for one variant. */
export type Verdict = {
  readonly experiment: string;
  readonly variant: string;
  readonly expected: readonly Claim[];
  readonly observed: readonly Claim[];
  readonly holds: boolean;
  /** What was done and answered, in order; the last answers are the evidence. */
  readonly steps: readonly StepReport[];
  readonly milliseconds: number;
};

export type StepReport = {
  readonly actor: Actor;
  readonly action: string;
  readonly request?: string;
  readonly status?: number;
  readonly code?: RefusalCode;
  readonly note?: string;
};
