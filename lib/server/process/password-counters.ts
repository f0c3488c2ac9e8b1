import { createFailuresInARow } from "../../adapters/failures-in-a-row.ts";
import { createMemoryLimiter } from "../../adapters/memory-limiter.ts";
import { type Clock, type Duration, hour, second } from "../../core/time.ts";
import type { PasswordCounters } from "../../http/password-attempts/password-limits.ts";
import type { LabMemory } from "../../lab/memory/lab-memory.ts";
import type { Environment } from "./env.ts";

/** NIST SP 800-63B-4 §3.2.2: no more than 100 failures in a row at one account. */
const failuresOfAName = 100;
const failuresOfADevice = 10;

type Limits = Pick<Environment, "LOGIN_ATTEMPTS" | "LOGIN_ATTEMPTS_PER_ADDRESS" | "LOGIN_WINDOW_SECONDS">;

/** The counters of passwords that are tried, in this process's memory, on the system's clock. */
export function passwordCounters(env: Limits, clock: Clock, memory: Pick<LabMemory, "keep">): PasswordCounters {
  const seconds = env.LOGIN_WINDOW_SECONDS;
  const name = createFailuresInARow({ clock, allowed: failuresOfAName, waitAfter: doublingToAnHour });
  // The device is known no more. Its person's next right login makes it a new one.
  const lost = () => Number.POSITIVE_INFINITY;
  const device = createFailuresInARow({ clock, allowed: failuresOfADevice, waitAfter: lost });
  memory.keep({
    name: "failures in a row",
    count: () => [...name.keys(), ...device.keys()].length,
    // Each key begins with its lab. The counters of a window need none of this: they end with it.
    forget(gone) {
      for (const rows of [name, device])
        for (const key of rows.keys()) if (gone.has(key.split("|", 1)[0] ?? "")) rows.forget(key);
    },
  });
  return {
    ...{ name, device },
    network: createMemoryLimiter({ points: env.LOGIN_ATTEMPTS_PER_ADDRESS, seconds }),
    nameAtNetwork: createMemoryLimiter({ points: env.LOGIN_ATTEMPTS, seconds }),
  };
}

/** From 30 seconds up to an hour, as the same section advises. */
function doublingToAnHour(beyond: number): Duration {
  return Math.min(30 * second * 2 ** beyond, hour);
}
