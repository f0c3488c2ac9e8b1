import type { Instant } from "../../core/time.ts";
import type { Lab } from "../lab.ts";
import type { Observed } from "./reason.ts";

/** A lab at one moment of its clock. */
export type LabMoment = Pick<Lab, "createdAt" | "clockOffset"> & { readonly now: Instant };

type Since = Extract<Observed, { readonly since?: unknown }>["since"];

/**
 * What happened to a lab since a copy was made in it, if the copy is refused for that: the lab was reset, or its clock
 * was moved past this end of the copy, which would not have come by now without the move.
 */
export function sinceThen(then: LabMoment, now: LabMoment, endsAt: Instant | null): Since {
  if (then.createdAt !== now.createdAt) return "lab-reset";
  const moved = now.clockOffset - then.clockOffset;
  const isPast = endsAt !== null && now.now >= endsAt && now.now - moved < endsAt;
  return isPast ? "clock-moved" : undefined;
}
