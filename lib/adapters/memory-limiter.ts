import { AsyncLocalStorage } from "node:async_hooks";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

/** A number of points in a window; one is taken before the work is done, so that concurrent work is counted. */
export type Limiter = {
  reserve(key: string): Promise<Attempt>;
};

export type Attempt = {
  /** The seconds to wait; `null`: this attempt has taken a point. */
  readonly wait: number | null;
  /** Gives the point back, once, for an attempt that should not count. Does nothing if none was taken. */
  giveBack(): Promise<void>;
  /** Takes the attempt back as if it had not been made. */
  undo(): Promise<void>;
};

/** An attempt that was refused has taken nothing. */
export function refusedFor(wait: number): Attempt {
  return { wait, giveBack: async () => {}, undo: async () => {} };
}

/** Counts in this process, on the system's clock. */
export function createMemoryLimiter({ points, seconds }: { points: number; seconds: number }): Limiter {
  const limiter = new RateLimiterMemory({ points, duration: seconds });
  // The library has a timer for each key, and a timer keeps the context in which it was started: a request with all that
  // hangs on it, until the window ends.
  const outside = AsyncLocalStorage.snapshot();
  return {
    async reserve(key) {
      try {
        return taken(limiter, key, await outside(() => limiter.consume(key)));
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        // The library counts what it refuses too. That would outlast the attempts that give their points back.
        await outside(() => limiter.reward(key));
        return refusedFor(Math.max(1, Math.ceil(refused.msBeforeNext / 1000)));
      }
    },
  };
}

function taken(limiter: RateLimiterMemory, key: string, { msBeforeNext }: RateLimiterRes): Attempt {
  const windowEndsAt = Date.now() + msBeforeNext;
  let isTaken = true;
  async function giveBack(): Promise<void> {
    // With its window the point is gone: in the next one it would be an attempt too many.
    const counts = isTaken && Date.now() < windowEndsAt;
    isTaken = false;
    if (counts) await limiter.reward(key);
  }
  return { wait: null, giveBack, undo: giveBack };
}
