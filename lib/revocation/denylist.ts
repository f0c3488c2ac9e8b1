import type { Denylist, Revocation } from "../core/ports.ts";
import { ok, refuse } from "../core/result.ts";
import type { Clock } from "../core/time.ts";

/**
 * Ended tokens are listed by `jti` until their `exp` (ASVS 7.4.1: a list). One look-up a request. Only a token that was
 * shown can be listed: the server does not know the `jti` of tokens on other devices.
 */
export function createDenylistRevocation({ denylist, clock }: { denylist: Denylist; clock: Clock }): Revocation {
  return {
    async check({ jti }) {
      // Without a `jti` a token cannot be looked up, so it cannot be told from a denied one.
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
