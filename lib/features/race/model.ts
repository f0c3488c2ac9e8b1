import type { Claim, Until } from "../../core/claim.ts";
import type { CredentialKind } from "../../core/credential.ts";
import type { VariantId } from "../../core/ids.ts";
import type { RefusalCode } from "../../core/refusal.ts";
import type { LifetimePreset } from "../../core/time.ts";

/** Which plug is pulled, by the experiment whose last step it is, and for whom; each variant once. */
export type RaceWanted = { readonly plug: string; readonly variants: readonly VariantId[] };

/** One copied credential in a race. */
export type RaceCopy = {
  readonly credential: CredentialKind;
  /** What its variant claims of a copy that is looked at and never used; `null`: nothing. */
  readonly expected: Claim | null;
  /** How long that is: after the login, where the claim names a lifetime; after the plug otherwise. `null`: no end. */
  readonly expectedSeconds: number | null;
};

/** One variant in a race, in a lab of its own. */
export type RaceLane = { readonly variant: VariantId; readonly copies: readonly RaceCopy[] };

/** Which copy of which lane, by its place in the list of lanes. */
type Runner = { readonly lane: number; readonly credential: CredentialKind };

/** A copy that got in. `seconds`: after its lane's plug was answered; `null`: before anybody pulled it. */
export type RaceSighting = Runner & {
  readonly seconds: number | null;
  /** Does it act with today's role, or with the one it was issued with? */
  readonly authority: "current" | "stale";
};

/** How it ended for one copy. Seconds count from the moment its lane's plug was answered. */
export type RaceVerdict = Runner & {
  /** The code of the first look after the plug, or `exposed`: it got in after the plug. */
  readonly outcome: RefusalCode | "exposed";
  /** `null`: where no lifetime of it ends. */
  readonly until: Until | null;
  readonly authority: "current" | "stale" | null;
  /** What it was refused with in the end; `null`: nothing refused it as long as the race lasted. */
  readonly code: RefusalCode | null;
  /** The last look after the plug that it got in at; `null`: there was none. */
  readonly acceptedAfter: number | null;
  /** The look that refused it; `null`: none did, or, where there is a code, one did before the plug. */
  readonly refusedAfter: number | null;
  /** Is it what the variant claims? */
  readonly holds: boolean;
};

/** A line of a race, as it is told while it runs. */
export type RaceNews =
  | {
      readonly type: "start";
      /** The experiment whose last step is the plug. */
      readonly plug: string;
      readonly lifetimes: LifetimePreset;
      readonly everySeconds: number;
      readonly lanes: readonly RaceLane[];
    }
  /** Its login, or what prepares the plug, was refused. */
  | { readonly type: "failed"; readonly lane: number; readonly status: number; readonly code: RefusalCode | null }
  /** `status`: what the server answered; `null`: the plug is something that no server hears of. */
  | {
      readonly type: "pulled";
      readonly lane: number;
      readonly afterLoginSeconds: number;
      readonly status: number | null;
      readonly code: RefusalCode | null;
    }
  /** Looked at, and let in; nothing is told of a copy that was refused before. */
  | { readonly type: "in"; readonly copies: readonly RaceSighting[] }
  | ({ readonly type: "verdict" } & RaceVerdict)
  | { readonly type: "done" };

/** How many seconds after the plug a copy ends, if the claim is right; `null`: it claims no end. */
export function expectedEnd({ expected, expectedSeconds }: RaceCopy, afterLoginSeconds: number): number | null {
  if (expected === null || expectedSeconds === null) return null;
  if (expected.until === "at-once" || expected.until === "staleFor") return expectedSeconds;
  return Math.max(0, expectedSeconds - afterLoginSeconds);
}
