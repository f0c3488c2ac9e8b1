import { errors, type JWTPayload, jwtVerify } from "jose";
import type { TokenStep } from "../core/decoding.ts";
import { ok, type Refused, type Result, refuse } from "../core/result.ts";
import { type Clock, type Duration, type Instant, instantOfNumericDate } from "../core/time.ts";
import type { SigningKey } from "./derived-keys.ts";
import type { ProofsHere } from "./proofs.ts";
import { partsOf } from "./token-parts.ts";

export type Expected = {
  /** All of one algorithm: the only one that is accepted. */
  readonly keys: readonly [SigningKey, ...SigningKey[]];
  readonly typ: string;
  readonly issuer: string;
  readonly audience: string;
  readonly requiredClaims: string[];
  readonly clock: Clock;
  /** How far ahead the clock of an issuer may be. `exp` has no tolerance. */
  readonly skew?: Duration;
  /**
   * Tokens whose signature, `typ`, `iss` and `aud` were found good before, with these keys. Their times are judged anew.
   * Absent: each token is verified anew.
   */
  readonly proofs?: ProofsHere<JWTPayload> | undefined;
};

/**
 * Keys by `kid` from our own list (ASVS 9.1.3, RFC 8725 §3.10), the one algorithm they are for (ASVS 9.1.1, 9.1.2, RFC 8725 §3.1, §3.3),
 * `typ`, `iss` and `aud` exact (ASVS 9.2.2, 9.2.3, 9.2.4, 10.3.1, RFC 8725 §3.8, §3.9, §3.11, §3.12,
 * RFC 9700 §2.3), so none of the known attacks on JWTs gets by (WSTG-SESS-10). INVALID_CREDENTIAL or EXPIRED, `at` the step that refused.
 */
export async function verifyExactly(token: string, expected: Expected): Promise<Result<JWTPayload>> {
  const { keys, clock, skew = 0, proofs, ...exact } = expected;
  const proved = proofs?.find(expected.typ, token);
  if (proved) return judgeTimes(proved, clock.now(), skew);
  // RFC 8725 §2.6, and RFC 8725bis json: only the compact serialisation gets further.
  if (!isCanonical(token)) return refusedAt("spelling");
  const key = (kid = "") => keys.find((each) => each.kid === kid) ?? unknownKey();
  try {
    const { payload } = await jwtVerify(token, ({ kid }) => key(kid).publicKey ?? key(kid).privateKey, {
      ...exact,
      // Compared letter by letter, so `None` is no algorithm either (RFC 8725bis algorithm case).
      algorithms: [keys[0].algorithm],
      currentDate: new Date(clock.now()),
      clockTolerance: skew / 1000,
    });
    const judged = judgeTimes(payload, clock.now(), skew);
    if (judged.ok) proofs?.keep(expected.typ, token, payload);
    return judged;
  } catch (error) {
    if (error instanceof errors.JWTExpired) return judgeTimes(error.payload, clock.now(), skew);
    if (error instanceof errors.JOSEError) return refusedAt(stepOf(error, token));
    throw error;
  }
}

/** No time that a token states lies outside of what dates can tell, and nothing in it is from the future. */
function judgeTimes(payload: JWTPayload, now: Instant, skew: Duration): Result<JWTPayload> {
  const { exp, iat, nbf, auth_time } = payload;
  const isPast = (claim: unknown) => {
    const at = instantOfNumericDate(claim);
    return at !== null && at <= now + skew;
  };
  if ([iat, nbf].some((claim) => claim !== undefined && !isPast(claim))) return refusedAt("nbf");
  const end = instantOfNumericDate(exp);
  if (end === null) return refusedAt("exp");
  // ASVS 9.2.1. The tolerance applies to a token that begins early, and extends none.
  if (now >= end) return expired;
  return auth_time === undefined || isPast(auth_time) ? ok(payload) : refusedAt("shape");
}

const expired = refuse("EXPIRED", "exp" satisfies TokenStep);

export function refusedAt(step: TokenStep): Refused {
  return refuse("INVALID_CREDENTIAL", step);
}

/** The step at which jose stopped. */
function stepOf(error: errors.JOSEError, token: string): TokenStep {
  if (error instanceof errors.JOSEAlgNotAllowed) return "algorithm";
  if (error instanceof errors.JWKSNoMatchingKey) return "key";
  if (error instanceof errors.JWSSignatureVerificationFailed) return "signature";
  if (error instanceof errors.JWTClaimValidationFailed) return claimSteps[`${error.claim} ${error.reason}`] ?? "claims";
  if (error instanceof errors.JWTInvalid) return "payload";
  const { alg } = partsOf(token).header;
  // A header that can be read, and names no algorithm at all.
  return alg === undefined || alg === "" ? "algorithm" : "header";
}

/** A time claim of another type (`invalid`) fails at the comparison of its time. */
const claimSteps: Readonly<Record<string, TokenStep>> = {
  "typ check_failed": "typ",
  "iss check_failed": "iss",
  "aud check_failed": "aud",
  "nbf check_failed": "nbf",
  "iat invalid": "nbf",
  "nbf invalid": "nbf",
  "exp invalid": "exp",
};

function unknownKey(): never {
  throw new errors.JWKSNoMatchingKey();
}

/** Base64url leaves unused bits at the end, so one token could have several spellings. Only our own is accepted. */
function isCanonical(token: string): boolean {
  const parts = token.split(".");
  return parts.length === 3 && parts.every((part) => Buffer.from(part, "base64url").toString("base64url") === part);
}
