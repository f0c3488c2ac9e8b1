import { type Claim, lengthOf, type Thief, thieves, type Until } from "../core/claim.ts";
import type { RefusalCode } from "../core/refusal.ts";
import type { VariantSettings } from "../core/settings.ts";
import { type Duration, second } from "../core/time.ts";
import type { Variant } from "../core/variant.ts";

/** What one variant claims, with the lifetimes that the claims name. Experiments run with these, whatever a lab chose. */
export type ClaimSheet = Pick<Variant, "id" | "claims"> & {
  readonly settings: Pick<VariantSettings, "lifetimes" | "staleFor">;
};

/** Who acts. The attacker holds only what was captured; the clock belongs to the lab, and a process has an operator. */
export type Actor = "victim" | "attacker" | "admin" | "operator" | "clock";

/** One thing that somebody does. Data, so that a page can show it, a test run it and a person read it. */
export type ExperimentStep =
  | { readonly actor: "victim"; readonly does: "log-in" }
  /** In a second browser: the first one stays as it is, and what they revoke afterwards they revoke from there. */
  | { readonly actor: "victim"; readonly does: "log-in-elsewhere" }
  | { readonly actor: "victim"; readonly does: "log-out" }
  /** `another`: from the second browser, the login of the first one, by its id. */
  | { readonly actor: "victim"; readonly does: "revoke"; readonly scope: "current" | "another" | "others" | "all" }
  | { readonly actor: "victim"; readonly does: "refresh" }
  | { readonly actor: "victim"; readonly does: "change-password" }
  /** `page`: what script holds, as when a tab is closed; `everything`: cookies as well. The server hears nothing of either. */
  | { readonly actor: "victim"; readonly does: "forget"; readonly what: "page" | "everything" }
  | { readonly actor: "attacker"; readonly does: "capture" }
  /** From now on by another user agent. */
  | { readonly actor: "attacker"; readonly does: "change-device" }
  /** From now on at a second node of the application. */
  | { readonly actor: "attacker"; readonly does: "ask-other-node" }
  /** Without any key: what was captured, rewritten to be somebody else's. */
  | { readonly actor: "attacker"; readonly does: "forge"; readonly as: string }
  | { readonly actor: "admin"; readonly does: "set-role"; readonly role: "user" | "admin" }
  | { readonly actor: "admin"; readonly does: "revoke-all" }
  | { readonly actor: "admin"; readonly does: "disable" }
  | { readonly actor: "operator"; readonly does: "rotate-keys"; readonly overlap: boolean }
  | { readonly actor: "operator"; readonly does: "lose-memory" }
  /** A login counts only for the user agent that it was given to. */
  | { readonly actor: "operator"; readonly does: "bind-logins" }
  | { readonly actor: "clock"; readonly does: "advance"; readonly seconds: number }
  /** Until just after the end of that lifetime; `used`: the victim goes on working, and renews what has to be renewed. */
  | {
      readonly actor: "clock";
      readonly does: "pass";
      readonly lifetime: "idle" | "longest";
      readonly meanwhile: "unused" | "used";
    };

/** What sort of event it is: whose doing, or a thief's own. */
export type ExperimentGroup = "owner" | "admin" | "server" | "time" | "thief";

export type Experiment = {
  readonly id: string;
  readonly title: string;
  readonly group: ExperimentGroup;
  /** What a person wants to know. */
  readonly question: string;
  /** What a variant meets that refuses the copy at once, by its id in the catalogue of lib/features/conformance: `ASVS 7.4.1`. */
  readonly requirements?: readonly string[];
  readonly steps: readonly ExperimentStep[];
  /** How the captured copies are tried afterwards: at their own flow, or at every other one, and by whom. */
  readonly replay: {
    readonly at: "own-flow" | "other-flows";
    readonly credentials: readonly Claim["credential"][];
    readonly thieves: readonly Thief[];
  };
};

/** What one thief saw with one credential, and between which two seconds after the login a copy that got in stopped doing so. */
export type Reading = Omit<Claim, "until"> & {
  readonly thief: Thief;
  /** `null`: it ended where no lifetime of the variant does. */
  readonly until: Until | null;
  /**
   * In whole seconds after the login, on the lab's clock, as they were when it was asked: at least so late it was accepted,
   * and at most so late it was refused. Absent: nothing that was waited for ended it.
   */
  readonly ended?: { readonly acceptedAfter: number; readonly refusedAfter: number };
};

/** What becomes of one credential: as a manifest claims it, or as it was observed. */
export type ClaimOrReading = Claim | Reading;

/** What one experiment showed for one variant. */
export type Verdict = {
  readonly experiment: string;
  readonly variant: string;
  readonly expected: readonly Claim[];
  readonly observed: readonly Reading[];
  readonly holds: boolean;
  /** What was done and answered, in order; the last answers are the evidence. */
  readonly steps: readonly StepReport[];
  readonly milliseconds: number;
};

/** How long after the login a copy still gets in; `null`: no end. Where no lifetime ended it there is only the measurement. */
export function staysFor(
  shown: ClaimOrReading,
  settings: Pick<VariantSettings, "lifetimes" | "staleFor">,
): Duration | null {
  if (shown.until !== null) return lengthOf(shown.until, settings);
  return "ended" in shown && shown.ended ? shown.ended.refusedAfter * second : null;
}

/** Claims and readings in one form, so that the two can be held against each other: a line a thief and credential. */
export function claimLines(claims: readonly ClaimOrReading[], by: readonly Thief[] = thieves): readonly string[] {
  const lines = claims.flatMap(({ credential, thief, outcome, until, authority = "" }) =>
    (thief ? [thief] : by).map((each) =>
      [credential, each, outcome, until ?? "unexplained", authority].join(" ").trim(),
    ),
  );
  return lines.sort();
}

export type StepReport = {
  readonly actor: Actor;
  readonly action: string;
  readonly request?: string;
  readonly status?: number;
  readonly code?: RefusalCode;
  readonly note?: string;
};
