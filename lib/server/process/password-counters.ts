import { createFailuresInARow } from "../../adapters/failures-in-a-row.ts";
import { createMemoryLimiter } from "../../adapters/memory-limiter.ts";
import { type Clock, type Duration, hour, second } from "../../core/time.ts";
import type { PasswordCounters } from "../../http/password-attempts/password-limits.ts";
import type { Environment } from "./env.ts";

/** NIST SP 800-63B-4 §3.2.2: no more than 100 failures in a row at one account. */
const failuresOfAName = 100;
const failuresOfADevice = 10;

type Limits = Pick<Environment, "LOGIN_ATTEMPTS" | "LOGIN_ATTEMPTS_PER_ADDRESS" | "LOGIN_WINDOW_SECONDS">;

/** The counters of passwords that are tried, in this process's memory, on the system's clock. */
export function passwordCounters(env: Limits, clock: Clock): PasswordCounters {
  const seconds = env.LOGIN_WINDOW_SECONDS;
  return {
    network: createMemoryLimiter({ points: env.LOGIN_ATTEMPTS_PER_ADDRESS, seconds }),
    nameAtNetwork: createMemoryLimiter({ points: env.LOGIN_ATTEMPTS, seconds }),
    name: createFailuresInARow({ clock, allowed: failuresOfAName, waitAfter: doublingToAnHour }),
    // The device is known no more. Its person's next right login makes it a new one.
    device: createFailuresInARow({ clock, allowed: failuresOfADevice, waitAfter: () => Number.POSITIVE_INFINITY }),
  };
}

/** From 30 seconds up to an hour, as the same section advises. */
function doublingToAnHour(beyond: number): Duration {
  return Math.min(30 * second * 2 ** beyond, hour);
}
