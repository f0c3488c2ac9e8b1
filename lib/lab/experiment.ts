import { type Claim, lengthOf, type Thief, thieves, type Until } from "../core/claim.ts";
import { type CredentialKind, holdingOf } from "../core/credential.ts";
import type { RefusalCode } from "../core/refusal.ts";
import type { VariantSettings } from "../core/settings.ts";
import { type Duration, second } from "../core/time.ts";
import type { Variant } from "../core/variant.ts";
import { sessionIdIn } from "./cookies/session-id.ts";

/**
 * The claims of one variant, with the lifetimes that they name. Experiments run with these lifetimes; the settings of
 * the visitor's lab do not apply.
 */
export type ClaimSheet = Pick<Variant, "id" | "claims"> & {
  readonly settings: Pick<VariantSettings, "lifetimes" | "staleFor">;
};

/**
 * The actors. The attacker holds only what was captured. The clock belongs to the lab, and a process has an operator.
 */
export type Actor = "victim" | "attacker" | "admin" | "operator" | "clock";

/** One action of one actor. It is data: a page shows it, a test runs it, and a person reads it. */
export type ExperimentStep =
  | { readonly actor: "victim"; readonly does: "log-in" }
  /** In a second browser. The first one keeps its login, and later revocations are sent from the second. */
  | { readonly actor: "victim"; readonly does: "log-in-elsewhere" }
  | { readonly actor: "victim"; readonly does: "log-out" }
  /** `another`: sent from the second browser, ends the login of the first one by its id. */
  | { readonly actor: "victim"; readonly does: "revoke"; readonly scope: "current" | "another" | "others" | "all" }
  | { readonly actor: "victim"; readonly does: "refresh" }
  /**
   * Sends what renews this login: a refresh; or where there is no refresh token, a `me`, which slides if it is time. The
   * client holds the answer back.
   */
  | { readonly actor: "victim"; readonly does: "hold-back"; readonly what: "renewal" }
  /** The answer that was held back arrives. The browser keeps its cookies, and the page its tokens. */
  | { readonly actor: "victim"; readonly does: "receive"; readonly what: "renewal" }
  | { readonly actor: "victim"; readonly does: "change-password" }
  /**
   * `page`: forgets what page script holds, as when a tab is closed. `everything`: deletes cookies as well. The server
   * receives no request.
   */
  | { readonly actor: "victim"; readonly does: "forget"; readonly what: "page" | "everything" }
  | { readonly actor: "attacker"; readonly does: "capture" }
  /** From now on the attacker uses another user agent. */
  | { readonly actor: "attacker"; readonly does: "change-device" }
  /** From now on the attacker sends requests to a second node of the application. */
  | { readonly actor: "attacker"; readonly does: "ask-other-node" }
  /** From now on the owner's requests come from another address, as a phone's that leaves the house. */
  | { readonly actor: "victim"; readonly does: "change-network" }
  /** Logs in with an account of their own, and puts that session id into the victim's browser. */
  | { readonly actor: "attacker"; readonly does: "plant" }
  /** Rewrites what was captured to name another person, without any key. */
  | { readonly actor: "attacker"; readonly does: "forge"; readonly as: string }
  | { readonly actor: "admin"; readonly does: "set-role"; readonly role: "user" | "admin" }
  | { readonly actor: "admin"; readonly does: "revoke-all" }
  | { readonly actor: "admin"; readonly does: "disable" }
  | { readonly actor: "operator"; readonly does: "rotate-keys"; readonly overlap: boolean }
  | { readonly actor: "operator"; readonly does: "lose-memory" }
  /** From now on a login counts only for the user agent, or the address, that it was given to. */
  | { readonly actor: "operator"; readonly does: "bind-logins"; readonly to?: "address" }
  /** From now on a login keeps the session id that came in. */
  | { readonly actor: "operator"; readonly does: "keep-sent-ids" }
  /** From now on each node believes for a while what a store said. */
  | { readonly actor: "operator"; readonly does: "cache-reads" }
  /** From now on a router keeps each browser of the owner to one of two nodes: to the second one. */
  | { readonly actor: "operator"; readonly does: "route-sticky" }
  /** The second node ends with its memory, and another one takes its place. */
  | { readonly actor: "operator"; readonly does: "lose-other-node" }
  | { readonly actor: "clock"; readonly does: "advance"; readonly seconds: number }
  /**
   * Moves the clock until just after the end of that lifetime. `used`: meanwhile the victim goes on working, and renews
   * credentials as needed.
   */
  | {
      readonly actor: "clock";
      readonly does: "pass";
      readonly lifetime: "idle" | "longest";
      readonly meanwhile: "unused" | "used";
    };

/**
 * Who causes the event: the owner, an admin, the server, time, or the thief. `use`: the owner only goes on, and is to be
 * let in.
 */
export type ExperimentGroup = "owner" | "admin" | "server" | "time" | "thief" | "use";

export type Experiment = {
  readonly id: string;
  readonly title: string;
  readonly group: ExperimentGroup;
  /** The question that the experiment answers. */
  readonly question: string;
  /**
   * The requirements that a variant meets if it refuses the copy at once, by their ids in the catalogue of
   * lib/features/conformance: `ASVS 7.4.1`.
   */
  readonly requirements?: readonly string[];
  readonly steps: readonly ExperimentStep[];
  /**
   * How the captured copies are tried afterwards: at their own flow or at every other one, which credentials, and by
   * which thieves.
   */
  readonly replay: {
    readonly at: "own-flow" | "other-flows";
    readonly credentials: readonly Claim["credential"][];
    readonly thieves: readonly Thief[];
    /** Only of variants with a session id, and that alone. */
    readonly of?: "session-id";
    /**
     * The owner's own browser goes on, in place of a thief with a copy. `owner`: its owner is to be let in. `browser`:
     * its owner logged out, and whoever sits at it is not.
     */
    readonly by?: "owner" | "browser";
  };
};

/** The credentials of this variant that the experiment replays; none: it does not concern the variant. */
export function replayedOf({ replay }: Pick<Experiment, "replay">, variant: Variant): readonly CredentialKind[] {
  const held = replay.credentials.filter((credential) => holdingOf(variant, credential));
  return replay.of === undefined ? held : held.filter((credential) => credential === sessionIdIn(variant.settings));
}

/**
 * The result for one thief and one credential. For a copy that got in and then ended, it has the two seconds after the
 * login between which it ended.
 */
export type Reading = Omit<Claim, "until"> & {
  readonly thief: Thief;
  /** `null`: the copy ended at a time that is no lifetime of the variant. */
  readonly until: Until | null;
  /**
   * In whole seconds after the login, on the lab's clock at each request: the latest time at which the copy was
   * accepted, and the earliest at which it was refused. Absent: it was accepted after every lifetime.
   */
  readonly ended?: { readonly acceptedAfter: number; readonly refusedAfter: number };
};

/** The outcome for one credential: a claim of a manifest, or a reading. */
export type ClaimOrReading = Claim | Reading;

/** The result of one experiment for one variant. */
export type Verdict = {
  readonly experiment: string;
  readonly variant: string;
  readonly expected: readonly Claim[];
  readonly observed: readonly Reading[];
  readonly holds: boolean;
  /** The steps and their answers, in order. The last answers are the evidence. */
  readonly steps: readonly StepReport[];
  readonly milliseconds: number;
};

/** How long after the login a copy still gets in; `null`: no end. If no lifetime ended the copy, the measured time. */
export function staysFor(
  shown: ClaimOrReading,
  settings: Pick<VariantSettings, "lifetimes" | "staleFor">,
): Duration | null {
  if (shown.until !== null) return lengthOf(shown.until, settings);
  return "ended" in shown && shown.ended ? shown.ended.refusedAfter * second : null;
}

/** Claims and readings in one form, so that they can be compared: one line a thief and credential. */
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
