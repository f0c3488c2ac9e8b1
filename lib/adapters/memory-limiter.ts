import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";

/** So many points in a window; asked before the work is done. */
export type Limiter = {
  /** Seconds to wait, or `null` when there is a point left, which is then taken. */
  consume(key: string): Promise<number | null>;
  /** Gives a point back: the attempt was none of those that are counted. */
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
