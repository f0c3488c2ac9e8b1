import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

/** A number of points in a window; taken before the work is done. */
export type Limiter = {
  /** Takes a point and answers `null`, or answers the seconds to wait. */
  consume(key: string): Promise<number | null>;
  /** Gives a point back, for an attempt that should not count. */
  reward(key: string): Promise<void>;
};

/** Counts in this process, on the system's clock. */
export function createMemoryLimiter({ points, seconds }: { points: number; seconds: number }): Limiter {
  const limiter = new RateLimiterMemory({ points, duration: seconds });
  return {
    async consume(key) {
      try {
        await limiter.consume(key);
        return null;
      } catch (refused) {
        if (refused instanceof RateLimiterRes) return Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
        throw refused;
      }
    },
    async reward(key) {
      await limiter.reward(key);
    },
  };
}
