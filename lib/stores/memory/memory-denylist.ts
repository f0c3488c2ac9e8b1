import type { Denylist } from "../../core/ports.ts";
import type { Instant } from "../../core/time.ts";

/** The denied tokens of one flow in one lab, in this process's memory: after a restart they are accepted again. */
export function createMemoryDenylist(): Denylist {
  // Bounded: a token leaves it at its `exp`, by `sweep`.
  const denied = new Map<string, Instant>();
  return {
    async add(jti, until) {
      denied.set(jti, until);
    },
    has: async (jti) => denied.has(jti),
    async sweep(now) {
      const over = [...denied].filter(([, until]) => until <= now);
      for (const [jti] of over) denied.delete(jti);
      return over.length;
    },
    count: async () => denied.size,
  };
}
