import type { RefusalCode } from "./refusal.ts";
import { cachedFor, type VariantSettings } from "./settings.ts";
import type { Duration, LifetimeName } from "./time.ts";

/**
 * Who holds the copy. A *silent* thief captures it, waits, and tries it once. An *active* thief uses it from the moment
 * of the capture, and takes each reissued cookie and each successor of a token from the answers.
 */
export type Thief = "silent" | "active";

/**
 * Until when an exposed copy gets in: the lifetime that ends it, or `never`. `staleFor`: the time for which one process
 * may still accept what another one has ended. A refused copy has `at-once`.
 */
export type Until = "at-once" | LifetimeName | "staleFor" | "never";

/** The time after the login; `null`: no end. */
export function lengthOf(until: Until, settings: Pick<VariantSettings, "lifetimes" | "staleFor">): Duration | null {
  if (until === "never") return null;
  if (until === "at-once") return 0;
  // An experiment may turn the read cache on in its labs.
  return until === "staleFor" ? (settings.staleFor ?? cachedFor) : settings.lifetimes[until];
}

/**
 * A variant's claim on one credential in one experiment: the outcome of replaying a captured copy, until when an
 * exposed copy gets in, and with which role.
 */
export type Claim = {
  readonly credential: "access" | "refresh";
  /** The thief. Absent: the claim is the same for both. */
  readonly thief?: Thief;
  readonly outcome: RefusalCode | "exposed";
  readonly until: Until;
  /**
   * Only if exposed: does the copy act with today's role, with the role at its issue, or with one that its sender made
   * up?
   */
  readonly authority?: "current" | "stale" | "forged";
};

/** A variant's claims by experiment id. A test requires one for each experiment, and that each is true. */
export type Claims = Readonly<Record<string, readonly Claim[]>>;

/** No copy gets in any more. This is the code that it is refused with. */
export function refused(credential: Claim["credential"], outcome: RefusalCode): readonly [Claim] {
  return [{ credential, outcome, until: "at-once" }];
}

/** A copy gets in. If `until` names two ends, a silent and an active thief are refused at different times. */
export function exposed(
  credential: Claim["credential"],
  until: Exclude<Until, "at-once"> | Readonly<Record<Thief, Exclude<Until, "at-once">>>,
  authority: NonNullable<Claim["authority"]> = "current",
): readonly Claim[] {
  const claim = { credential, outcome: "exposed", authority } as const;
  if (typeof until === "string") return [{ ...claim, until }];
  return thieves.map((thief) => ({ ...claim, thief, until: until[thief] }));
}

/** The same claims, for one thief only. */
export function only(thief: Thief, claims: readonly Claim[]): readonly Claim[] {
  return claims.map((claim) => ({ ...claim, thief }));
}

/**
 * Refused, where the other node has a read cache. A node that was asked before answers from its cache, so a copy that was
 * used there gets in until the answer is too old. A copy that was not used there is refused at once.
 */
export function refusedUnlessCached(outcome: RefusalCode): readonly Claim[] {
  return [...only("silent", refused("access", outcome)), ...only("active", exposed("access", "staleFor"))];
}

export const thieves = ["silent", "active"] as const satisfies readonly Thief[];
