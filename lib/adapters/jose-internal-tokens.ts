import { SignJWT } from "jose";
import type { InternalTokens, Random } from "../core/ports.ts";
import { ok } from "../core/result.ts";
import { type Clock, minute } from "../core/time.ts";
import type { SigningKey } from "./derived-keys.ts";
import { refusedAt, verifyExactly } from "./jose-verify.ts";

/**
 * An unregistered type of our own: no other endpoint takes such a token, and this service takes no other type
 * (RFC 8725 §3.11).
 */
const typ = "internal+jwt";
/** The longest duration of a call, far shorter than a login. */
const lifetime = minute;
const requiredClaims = ["iss", "aud", "sub", "jti", "iat", "exp"];

export type InternalTokensOptions = {
  /** Newest first. */
  readonly keys: readonly [SigningKey, ...SigningKey[]];
  readonly issuer: string;
  /** The one service that accepts it. */
  readonly audience: string;
  readonly clock: Clock;
  readonly random: Random;
};

/** Names the person that a call is made for, and no more: no name, no role, only what the service has asked for. */
export function createInternalTokens({ keys, issuer, audience, clock, random }: InternalTokensOptions): InternalTokens {
  const [{ algorithm, kid, privateKey }] = keys;
  return {
    issue(subject) {
      const now = clock.now();
      return new SignJWT({})
        .setProtectedHeader({ alg: algorithm, typ, kid })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(subject)
        .setJti(random.id())
        .setIssuedAt(Math.floor(now / 1000))
        .setExpirationTime(Math.floor((now + lifetime) / 1000))
        .sign(privateKey);
    },

    async verify(token) {
      const verified = await verifyExactly(token, { keys, typ, issuer, audience, requiredClaims, clock });
      if (!verified.ok) return verified;
      const { sub } = verified.value;
      return sub ? ok({ subject: sub }) : refusedAt("shape");
    },
  };
}
