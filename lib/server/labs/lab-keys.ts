import { deriveLabKeys, type LabKeys } from "../../adapters/derived-keys.ts";
import type { Clock } from "../../core/time.ts";
import { acceptedAt } from "../../lab/key-ring.ts";
import { type Lab, labClock } from "../../lab/lab.ts";
import type { LabMemory } from "../../lab/memory/lab-memory.ts";
import type { Environment } from "../process/env.ts";

type Options = { readonly env: Environment; readonly systemClock: Clock; readonly memory: LabMemory };

/** The keys of a lab, for these generations. Those under earlier secrets still verify. */
export function deriveKeys(
  { LOGINSCOPE_SECRET: secret, LOGINSCOPE_SECRET_PREVIOUS: previous }: Environment,
  lab: Lab,
  generations: ReturnType<typeof acceptedAt>,
): LabKeys {
  const earlier = new Set(previous.filter((each) => each !== secret));
  return deriveLabKeys({ secrets: [secret, ...earlier], labId: lab.id, salt: lab.salt, generations });
}

type Derived = { readonly salt: string; readonly generations: readonly number[]; readonly keys: LabKeys };

/**
 * The keys of a lab, for the generations that are accepted now. They are remembered: deriving them takes longer than the rest of most requests, and moving a lab's clock does not change them.
 */
export function createKeysOfLabs({ env, systemClock, memory }: Options): (lab: Lab) => LabKeys {
  const derived = memory.byLab<Derived>("keys", 1000);

  return (lab) => {
    const generations = acceptedAt(lab, labClock(systemClock, lab.clockOffset).now());
    const before = derived.get(lab.id);
    if (before && before.salt === lab.salt && isSame(before.generations, generations)) return before.keys;
    const keys = deriveKeys(env, lab, generations);
    derived.set(lab.id, { salt: lab.salt, generations, keys });
    return keys;
  };
}

function isSame(some: readonly number[], others: readonly number[]): boolean {
  return some.length === others.length && some.every((each, index) => each === others[index]);
}
