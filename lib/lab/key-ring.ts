import { type Duration, type Instant, minute } from "../core/time.ts";

/** A generation of a lab's keys that may still verify. */
export type AcceptedKey = {
  readonly generation: number;
  /**
   * Lab's clock: from here on all is over that it made before it was replaced, or, of the newest, before the settings
   * changed. `null`: the newest without such a change; or an earlier one whose row says nothing of it.
   */
  readonly until: Instant | null;
};

export type KeyRing = { readonly keyGeneration: number; readonly acceptedKeys: readonly AcceptedKey[] };

/**
 * The most generations that verify at once. Each costs its derivation, and a place in the published key set. With one
 * rotation a day it is enough for logins of two months.
 */
export const mostKeys = 64;

/** For requests that read the lab before a change, and are answered after it. */
const underWay = minute;

/** The generations that verify now, the newest first. It issues, so it always does. */
export function acceptedAt(ring: KeyRing, now: Instant): readonly [number, ...number[]] {
  const older = ring.acceptedKeys.filter((key) => key.generation < ring.keyGeneration && isNeeded(key, now));
  return [ring.keyGeneration, ...older.map(({ generation }) => generation).sort((a, b) => b - a)];
}

/** May something that it made still be alive? */
function isNeeded({ until }: AcceptedKey, now: Instant): boolean {
  return until === null || now < until;
}

/**
 * The newest key has made what lives for `life` at most, and goes on under other settings. What was made under longer
 * ones before keeps its end.
 */
export function madeUntil(ring: KeyRing, now: Instant, life: Duration): readonly AcceptedKey[] {
  const end = now + life + underWay;
  return ring.acceptedKeys.map((key) =>
    key.generation === ring.keyGeneration ? { ...key, until: Math.max(key.until ?? 0, end) } : key,
  );
}

/**
 * The next generation. With overlap an earlier one verifies until all that it made is over; `life`: the longest life of
 * what the newest made. `null`: too many would verify.
 */
export function rotated(ring: KeyRing, how: { overlap: boolean; now: Instant; life: Duration }): KeyRing | null {
  const keyGeneration = ring.keyGeneration + 1;
  const next: AcceptedKey = { generation: keyGeneration, until: null };
  if (!how.overlap) return { keyGeneration, acceptedKeys: [next] };
  const kept = madeUntil(ring, how.now, how.life).filter((key) => isNeeded(key, how.now));
  return kept.length < mostKeys ? { keyGeneration, acceptedKeys: [...kept, next] } : null;
}
