import { createPasswordLimits, type PasswordCounter } from "../../../../http/password-attempts/password-limits.ts";
import type { Mistake } from "../bench.ts";

const neverCounts = { reserve: async () => ({ wait: null, giveBack: async () => {}, undo: async () => {} }) };

/** The same limits, one of whose counters lets everything pass. */
function without(counter: PasswordCounter): Mistake {
  return (right, counters) => ({ ...right, limits: createPasswordLimits({ ...counters, [counter]: neverCounts }) });
}

/**
 * Limits with one known mistake each, to show that an attack is a real one. They stand around the right ones, and only
 * labs that are made for a play have them.
 */
export const mistakes = {
  "no-network": {
    title: "Limits that count by name alone",
    around: without("network"),
  },
  "no-name": {
    title: "Limits that count networks, and no name over all of them",
    around: without("name"),
  },
  "no-device": {
    title: "Limits that know no device, and lock a name for everybody",
    around: (right) => ({
      ...right,
      limits: { reserve: (attempt) => right.limits.reserve({ ...attempt, devices: [] }) },
    }),
  },
  "no-device-counter": {
    title: "A device cookie without a counter of its own",
    around: without("device"),
  },
  "anybodys-device": {
    title: "A device cookie that counts for everybody",
    around: (right) => ({
      ...right,
      limits: {
        reserve(attempt) {
          const { devices } = attempt;
          return right.limits.reserve({
            ...attempt,
            devices: devices.map((device) => ({ ...device, name: attempt.name })),
          });
        },
      },
    }),
  },
  "no-hash-for-nobody": {
    title: "A server that hashes nothing where nobody has the name",
    around: ({ limits, hasher }) => ({
      limits,
      hasher: {
        ...hasher,
        async verify(hash, password) {
          if (hash === null) return false;
          return hasher.verify(hash, password);
        },
      },
    }),
  },
} as const satisfies Readonly<Record<string, { readonly title: string; readonly around: Mistake }>>;

export type MistakeId = keyof typeof mistakes;
