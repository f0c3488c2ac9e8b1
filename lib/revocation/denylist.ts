import type { Denylist, Revocation } from "../core/ports.ts";
import { ok, refuse } from "../core/result.ts";
import type { Clock } from "../core/time.ts";

/**
 * Ended tokens are listed by `jti` until their `exp` (ASVS 7.4.1: a list). One look-up a request. Only a token that was
 * shown can be listed: the server does not know the `jti` of tokens on other devices.
 */
export function createDenylistRevocation({ denylist, clock }: { denylist: Denylist; clock: Clock }): Revocation {
  return {
    async check({ jti }, how) {
      // Without a `jti` a token cannot be looked up, so it cannot be told from a denied one.
      if (!jti) return refuse("INVALID_CREDENTIAL", "jti");
      return (await denylist.has(jti, how)) ? refuse("REVOKED", "denylist") : ok(null);
    },
    async end({ jti, expiresAt }) {
      // Each ending sweeps, so the list holds only ended tokens before their `exp`.
      await denylist.sweep(clock.now());
      await denylist.add(jti, expiresAt);
    },
  };
}
