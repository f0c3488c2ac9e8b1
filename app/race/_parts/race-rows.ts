import type { CredentialKind } from "@/lib/core/credential.ts";
import type { FlowId, VariantId } from "@/lib/core/ids.ts";
import type { RefusalCode } from "@/lib/core/refusal.ts";
import type { VariantView } from "@/lib/lab/lab-view.ts";
import { type CopyState, gotInFor, type LaneState, type RaceState } from "./race-state.ts";

/** One copied credential, as a row shows it: held by a silent thief, and by an active one if that makes a difference. */
export type RaceRow = {
  readonly variant: VariantId;
  readonly flow: FlowId;
  readonly credential: CredentialKind;
  readonly unused: Standing;
  readonly used: Standing | null;
};

/** How a copy stands at the last look. Seconds are whole ones after the plug. */
export type Standing = {
  readonly lane: LaneState;
  readonly copy: CopyState;
  /**
   * `waiting`: it was not looked at after the plug. `left`: its race was stopped while it got in.
   */
  readonly is: "waiting" | "failed" | "in" | "left" | "refused";
  /** For how long it got in after the plug, by the last look; `null`: it did not. */
  readonly gotIn: number | null;
  readonly code: RefusalCode | null;
  readonly isStale: boolean;
  /** Why it got in after the plug, or did not; `null`: nothing was seen after it. */
  readonly reason: string | null;
};

export function rowsOf({ lanes }: Pick<RaceState, "lanes">, isOver: boolean): readonly RaceRow[] {
  const active = lanes.filter(({ thief }) => thief === "active");
  return lanes
    .filter(({ thief }) => thief === "silent")
    .flatMap((lane) =>
      lane.copies.map((copy) => {
        const { variant } = lane;
        const { credential } = copy;
        const other = active.find((each) => each.variant === variant && copyIn(each, credential));
        const used = other && copyIn(other, credential);
        return {
          variant,
          flow: variant.split("/")[0] ?? "",
          credential,
          unused: standingOf(lane, copy, isOver),
          used: other && used ? standingOf(other, used, isOver) : null,
        };
      }),
    );
}

function copyIn({ copies }: LaneState, credential: CredentialKind): CopyState | undefined {
  return copies.find((copy) => copy.credential === credential);
}

function standingOf(lane: LaneState, copy: CopyState, isOver: boolean): Standing {
  const { verdict, sighting } = copy;
  const reached = gotInFor(copy);
  const seen = {
    lane,
    copy,
    gotIn: reached === null ? null : Math.floor(reached),
    code: verdict?.code ?? null,
    isStale: (verdict?.authority ?? sighting?.authority) === "stale",
    reason: verdict?.reason ?? sighting?.reason ?? null,
  };
  if (lane.failed) return { ...seen, is: "failed" };
  if (verdict) return { ...seen, is: verdict.code === null ? "in" : "refused" };
  if (reached === null) return { ...seen, is: "waiting" };
  return { ...seen, is: isOver ? "left" : "in" };
}

/** Does a copy of this row get in now, with one thief or the other? */
export function isIn({ unused, used }: RaceRow): boolean {
  return unused.is === "in" || used?.is === "in";
}

/** The lanes of these variants before a race, in which nothing was seen yet. */
export function emptyLanes(variants: readonly Pick<VariantView, "id" | "holds">[]): readonly LaneState[] {
  return variants.map(({ id, holds }) => ({
    variant: id,
    thief: "silent",
    copies: holds.map(({ credential }) => ({
      credential,
      expected: null,
      expectedSeconds: null,
      claimedEnd: null,
      sighting: null,
      verdict: null,
    })),
    failed: null,
    pulled: null,
  }));
}

/** Whole seconds: the last look that got in. */
export function secondsIn(gotIn: number | null): string {
  return gotIn === null || gotIn < 1 ? "under 1 s" : `${gotIn} s`;
}
