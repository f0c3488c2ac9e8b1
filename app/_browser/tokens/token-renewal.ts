/** The lifetime of a token, in milliseconds on the lab's clock. */
export type TokenLife = { readonly from: number; readonly to: number };

/** The last renewal: of the token that ends at `to`, when `left` milliseconds of it were left. */
export type LastRenewal = { readonly to: number; readonly left: number; readonly failed: boolean };

/** The earliest renewal before a token's end, in milliseconds. */
const earliest = 30_000;
/** Tokens with a shorter lifetime are not renewed: a lab sets lifetimes of seconds to show that `exp` passes. */
const shortest = 60_000;

/**
 * Whether a page renews this token now: in the last fifth of its life. It renews once for each end, because the last
 * tokens of a family all end with the family. After a failure (a lost answer, a rate limit) it tries again when half
 * of the remaining time is over.
 */
export function isRenewalDue({ from, to }: TokenLife, now: number, last: LastRenewal | null): boolean {
  const left = to - now;
  // A token that has already ended (after a move of the clock) is not renewed, so that its refusal can be seen.
  if (left <= 0 || to - from < shortest) return false;
  if (last !== null && to <= last.to) return last.failed && left < last.left / 2;
  return left < Math.min((to - from) / 5, earliest);
}
