/** From when to when a token lives, in milliseconds on the lab's clock. */
export type TokenLife = { readonly from: number; readonly to: number };

/** The last time that a renewal was asked for: of the token that ended at `to`, with so much of it `left`. */
export type LastRenewal = { readonly to: number; readonly left: number; readonly failed: boolean };

/** So long before its end at most, in milliseconds. */
const earliest = 30_000;
/** What lives shorter was made to be seen ending: with lifetimes of seconds, that `exp` passes is what there is to see. */
const shortest = 60_000;

/**
 * Whether a page renews this token by itself now: in the last fifth of its life. Once for each end, because the last
 * tokens of a family all end with it; only what failed (a lost answer, a limit) is tried again when half of what was
 * left is over.
 */
export function isRenewalDue({ from, to }: TokenLife, now: number, last: LastRenewal | null): boolean {
  const left = to - now;
  // One that has ended already (somebody moved the clock) stays ended until it is used: that is worth seeing.
  if (left <= 0 || to - from < shortest) return false;
  if (last !== null && to <= last.to) return last.failed && left < last.left / 2;
  return left < Math.min((to - from) / 5, earliest);
}
