import type { Clock, Duration, Instant } from "../core/time.ts";
import { type Limiter, refusedFor } from "./memory-limiter.ts";

/** Numbers of attempts: the last one that was right, and the last one. Those between them failed, or are under way. */
type Row = { right: number; last: number; nextAt: Instant };

export type FailuresInARowOptions = {
  readonly clock: Clock;
  /** So many failures in a row go without a wait. */
  readonly allowed: number;
  /** The wait after that many failures beyond them, from 0 on. `Infinity`: no attempt is taken any more. */
  waitAfter(beyond: number): Duration;
  /** So many keys are remembered. */
  readonly mostKeys?: number;
};

export type FailuresInARow = Limiter & {
  /** The keys that are remembered. */
  keys(): Iterable<string>;
  forget(key: string): void;
};

/**
 * Counts failures of a key that follow each other, without a window of time (NIST SP 800-63B-4 §3.2.2), in this process.
 * An attempt counts as failed from its reservation on. One that is given back was right: it ends the row of those that
 * were reserved before it, and none that came after.
 */
export function createFailuresInARow({
  clock,
  allowed,
  waitAfter,
  mostKeys = 100_000,
}: FailuresInARowOptions): FailuresInARow {
  // Bounded by `mostKeys`.
  const rows = new Map<string, Row>();

  return {
    keys: () => rows.keys(),
    forget: (key) => void rows.delete(key),
    async reserve(key) {
      const row = rows.get(key) ?? { right: 0, last: 0, nextAt: 0 };
      const failed = failuresOf(row);
      const now = clock.now();
      if (failed >= allowed && now < row.nextAt) return refusedFor(Math.max(1, Math.ceil((row.nextAt - now) / 1000)));
      const before = row.nextAt;
      const nextAt = now + waitAfter(Math.max(0, failed + 1 - allowed));
      row.last += 1;
      row.nextAt = nextAt;
      if (!rows.has(key) && rows.size >= mostKeys) forgetShortRows(rows);
      rows.set(key, row);
      const number = row.last;
      const forgetIfNone = () => {
        if (failuresOf(row) === 0 && rows.get(key) === row) rows.delete(key);
      };
      return {
        wait: null,
        async giveBack() {
          row.right = Math.max(row.right, number);
          forgetIfNone();
        },
        async undo() {
          // In its place the oldest failure is forgiven. If one before it turns out right, that is one too many counted,
          // and never one too few.
          if (number > row.right) row.right += 1;
          if (row.nextAt === nextAt) row.nextAt = before;
          forgetIfNone();
        },
      };
    },
  };
}

function failuresOf({ right, last }: Row): number {
  return last - right;
}

/** Half of the keys, those with the fewest failures: made-up names do not push out one that is under attack. */
function forgetShortRows(rows: Map<string, Row>): void {
  const shortFirst = [...rows].sort(([, one], [, other]) => failuresOf(one) - failuresOf(other));
  for (const [key] of shortFirst.slice(0, Math.ceil(rows.size / 2))) rows.delete(key);
}
