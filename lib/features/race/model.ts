import type { Claim, Thief, Until } from "../../core/claim.ts";
import type { CredentialKind } from "../../core/credential.ts";
import type { VariantId } from "../../core/ids.ts";
import type { RefusalCode } from "../../core/refusal.ts";
import type { LifetimePreset } from "../../core/time.ts";

/** The plug of a race, by the experiment whose last step it is, and the variants that run, each once. */
export type RaceWanted = {
  readonly plug: string;
  readonly variants: readonly VariantId[];
  /** Runs a second lane of each variant for which an active thief is claimed to get in for another time. */
  readonly active?: boolean | undefined;
};

/** One copied credential in a race. */
export type RaceCopy = {
  readonly credential: CredentialKind;
  /** The variant's claim for a copy of this lane's thief; `null`: it claims none. */
  readonly expected: Claim | null;
  /** The claimed time: after the login if the claim names a lifetime, otherwise after the plug. `null`: no end. */
  readonly expectedSeconds: number | null;
};

/** One variant in a race, in a lab of its own. An active thief keeps using the copy that a silent one only holds. */
export type RaceLane = {
  readonly variant: VariantId;
  readonly thief: Thief;
  readonly copies: readonly RaceCopy[];
};

/** Which copy of which lane, by its place in the list of lanes. */
type Runner = { readonly lane: number; readonly credential: CredentialKind };

/** A copy that got in. `seconds`: after the answer to its lane's plug; `null`: before the plug. */
export type RaceSighting = Runner & {
  readonly seconds: number | null;
  /** The role that the copy acts with: the current one, or the one at its issue. */
  readonly authority: "current" | "stale";
  /** Why, in one sentence. Absent: the plug was not pulled yet. */
  readonly reason?: string;
};

/** The verdict on one copy. Seconds count from the answer to its lane's plug. */
export type RaceVerdict = Runner & {
  /** The code of the first check after the plug, or `exposed`: the copy got in after the plug. */
  readonly outcome: RefusalCode | "exposed";
  /** `null`: the copy ended at a time that is no lifetime of its variant. */
  readonly until: Until | null;
  readonly authority: "current" | "stale" | null;
  /** The code that it was finally refused with; `null`: it got in as long as the race lasted. */
  readonly code: RefusalCode | null;
  /** The last check after the plug that it passed; `null`: there was none. */
  readonly acceptedAfter: number | null;
  /** The check that refused it; `null`: no check did, or, if there is a code, one before the plug. */
  readonly refusedAfter: number | null;
  /** Is the verdict as the variant claims? */
  readonly holds: boolean;
  /** Why it got in after the plug, or why it did not, in one sentence. */
  readonly reason: string;
};

/** One line of a race's stream. */
export type RaceNews =
  | {
      readonly type: "start";
      /** The experiment whose last step is the plug. */
      readonly plug: string;
      readonly lifetimes: LifetimePreset;
      readonly everySeconds: number;
      readonly lanes: readonly RaceLane[];
    }
  /** The login was refused, or a step before the plug. */
  | { readonly type: "failed"; readonly lane: number; readonly status: number; readonly code: RefusalCode | null }
  /** `status`: the server's answer; `null`: the plug sends no request to a server. */
  | {
      readonly type: "pulled";
      readonly lane: number;
      readonly afterLoginSeconds: number;
      readonly status: number | null;
      readonly code: RefusalCode | null;
    }
  /** A copy was checked and got in. Copies that were refused before are not in the list. */
  | { readonly type: "in"; readonly copies: readonly RaceSighting[] }
  | ({ readonly type: "verdict" } & RaceVerdict)
  | { readonly type: "done" };

/** How many seconds after the plug a copy should end, by its claim; `null`: it claims no end. */
export function expectedEnd({ expected, expectedSeconds }: RaceCopy, afterLoginSeconds: number): number | null {
  if (expected === null || expectedSeconds === null) return null;
  if (expected.until === "at-once" || expected.until === "staleFor") return expectedSeconds;
  return Math.max(0, expectedSeconds - afterLoginSeconds);
}
