import type { Clock } from "../core/time.ts";

/** The machine's clock: for lab expiry, rate limits, traces and clean-up. A lab's lifetimes go by the lab's own clock. */
export const systemClock: Clock = { now: () => Date.now() };
