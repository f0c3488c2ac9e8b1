import type { Denylist, Revocation } from "../core/ports.ts";
import { ok, refuse } from "../core/result.ts";
import type { Clock } from "../core/time.ts";

/**
 * Tokens that were ended are listed by `jti` until their `exp` (ASVS 7.4.1: a list). One look-up a request, and only
 * for a token that somebody shows: those that other devices hold have names that no list of ours knows.
 */
export function createDenylistRevocation({ denylist, clock }: { denylist: Denylist; clock: Clock }): Revocation {
  return {
    async check({ jti }) {
      // What has no name cannot be looked up, so nobody can say that it was not ended.
      if (!jti) return refuse("INVALID_CREDENTIAL", "jti");
      return (await denylist.has(jti)) ? refuse("REVOKED", "denylist") : ok(null);
    },
    async end({ jti, expiresAt }) {
      // Each ending pays for the clean-up, so the list is never longer than what is alive and ended.
      await denylist.sweep(clock.now());
      await denylist.add(jti, expiresAt);
    },
  };
}
