import { exportJWK, type JWK, type JWTPayload, SignJWT } from "jose";
import type { TokenStep } from "../core/decoding.ts";
import type { Signer, TokenClaims, TokenPurpose } from "../core/ports.ts";
import { ok, type Result } from "../core/result.ts";
import type { Clock, Duration } from "../core/time.ts";
import type { Explained } from "./cookie-state.ts";
import type { SigningKey } from "./derived-keys.ts";
import { refusedAt, verifyExactly } from "./jose-verify.ts";
import type { ProofsHere } from "./proofs.ts";
import { makingOf, stepsOf } from "./token-steps.ts";

const audience = "loginscope";
/**
 * At least as long as the hash (RFC 7518 §3.2, RFC 8725 §3.5): a shorter secret could be guessed from a single token.
 */
const shortestSecret = 32;
const requiredClaims = ["iss", "aud", "sub", "jti", "iat", "nbf", "exp"];

export type JoseSignerOptions = {
  /** Newest first, all of one algorithm: the only one that is accepted. */
  readonly keys: readonly [SigningKey, ...SigningKey[]];
  readonly issuer: string;
  /** In the token as `variant`, so that a token of one variant is refused by the others. */
  readonly variant: string;
  /** How far ahead the clock of an issuer may be. `exp` has no tolerance. */
  readonly skew: Duration;
  /** Added to every token; no flow reads it back. */
  readonly carried?: () => JWTPayload;
  readonly clock: Clock;
  /** Of this lab and variant. Absent: each token is verified anew. */
  readonly proofs?: ProofsHere<JWTPayload> | undefined;
};

/**
 * JWTs (RFC 7519) of the one algorithm that the keys are for. Keys by `kid` from our own list, `typ`, `iss` and `aud`
 * exact (RFC 8725). Throws where keys are of several algorithms, or a secret is too short.
 */
export function createJoseSigner(options: JoseSignerOptions): ExplainingSigner {
  const { keys, issuer, variant, skew, carried, clock, proofs } = options;
  for (const key of keys) judge(key, keys[0]);
  const { algorithm } = keys[0];

  async function verify(typ: TokenPurpose, token: string): Promise<Result<TokenClaims>> {
    const verified = await verifyExactly(token, { keys, typ, issuer, audience, requiredClaims, clock, skew, proofs });
    if (!verified.ok) return verified;
    const claims = claimsOf(verified.value);
    if (!claims) return refusedAt("shape");
    return verified.value["variant"] === variant ? ok(claims) : refusedAt("variant");
  }

  const wanted = (typ: TokenPurpose): Partial<Record<TokenStep, string>> => ({
    ...{ algorithm, key: keys.map(({ kid }) => kid).join(" or "), typ, iss: issuer, aud: audience, variant },
    claims: requiredClaims.join(", "),
  });

  return {
    sign: (typ, claims) =>
      new SignJWT({ ...payloadOf(typ, claims, variant), ...carried?.() })
        .setProtectedHeader({ alg: algorithm, typ, kid: keys[0].kid })
        .setIssuer(issuer)
        .setAudience(audience)
        .sign(keys[0].privateKey),

    verify,
    async explain(typ, token) {
      const result = await verify(typ, token);
      return { steps: stepsOf(token, result, wanted(typ)), making: makingOf(token, result), result };
    },
  };
}

/** `explain`: the same verification, with every step, its value and the expected value. */
export type ExplainingSigner = Signer & { explain(purpose: TokenPurpose, token: string): Promise<Explained> };

/** The public keys as a JWK Set (RFC 7517 §5). A shared secret has no public half, and is not in it. */
export async function publicJwks(keys: readonly SigningKey[]): Promise<{ keys: JWK[] }> {
  const jwks = keys.flatMap(({ kid, algorithm: alg, publicKey }) =>
    publicKey ? [exportJWK(publicKey).then((jwk) => ({ ...jwk, kid, alg, use: "sig" }))] : [],
  );
  return { keys: await Promise.all(jwks) };
}

/** Each of these is a mistake in the composition, so it throws. */
function judge({ algorithm, kid, privateKey }: SigningKey, { algorithm: only }: SigningKey): void {
  if (algorithm !== only)
    throw new Error(`${kid} is for ${algorithm}, beside keys for ${only}: one signer, one algorithm`);
  const { symmetricKeySize } = privateKey;
  if (symmetricKeySize !== undefined && symmetricKeySize < shortestSecret)
    throw new Error(`${kid} has ${symmetricKeySize} bytes; a secret for ${algorithm} has at least ${shortestSecret}`);
}

/**
 * Short, since some variants keep it in a cookie (ASVS 3.3.5). Signed and not sealed: its holder can read who this is
 * (NIST 5.1.1 opaque). Not bound to a key of the client's: any holder may use it (ASVS 10.3.5, RFC 9700 §2.2.1).
 */
function payloadOf(typ: TokenPurpose, claims: TokenClaims, variant: string): JWTPayload {
  const { subject, jti, issuedAt, expiresAt, identity, version, authenticatedAt, record } = claims;
  return {
    sub: subject,
    jti,
    iat: seconds(issuedAt),
    nbf: seconds(issuedAt),
    exp: seconds(expiresAt),
    auth_time: seconds(authenticatedAt),
    preferred_username: identity.username,
    name: identity.displayName,
    role: identity.role,
    version,
    variant,
    // RFC 9068 §2.2 asks for the client of an access token: here the application itself.
    ...(typ === "at+jwt" && { client_id: audience }),
    ...(record && { sid: record }),
  };
}

/** We signed it, so the claims are ours; still each claim is checked before it is used. */
function claimsOf(payload: JWTPayload): TokenClaims | null {
  const { sub, jti, iat, exp, auth_time, preferred_username, name, role, version, sid } = payload;
  if (typeof sub !== "string" || typeof jti !== "string" || typeof iat !== "number" || typeof exp !== "number")
    return null;
  if (typeof preferred_username !== "string" || typeof name !== "string") return null;
  if ((role !== "user" && role !== "admin") || !isVersion(version) || typeof auth_time !== "number") return null;
  return {
    subject: sub,
    jti,
    issuedAt: iat * 1000,
    expiresAt: exp * 1000,
    identity: { username: preferred_username, displayName: name, role },
    version,
    authenticatedAt: auth_time * 1000,
    ...(typeof sid === "string" && { record: sid }),
  };
}

function isVersion(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function seconds(instant: number): number {
  return Math.floor(instant / 1000);
}
