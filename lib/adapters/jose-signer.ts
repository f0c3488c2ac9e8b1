import { errors, exportJWK, type JWK, type JWTPayload, jwtVerify, SignJWT } from "jose";
import type { DecodingStep } from "../core/lab-view.ts";
import type { Signer, TokenClaims, TokenPurpose } from "../core/ports.ts";
import { ok, type Refused, type Result, refuse } from "../core/result.ts";
import type { Clock } from "../core/time.ts";
import { type TokenStep, tokenSteps } from "../core/verification.ts";
import type { Explained } from "./cookie-state.ts";
import type { SigningKey } from "./derived-keys.ts";

const audience = "loginscope";
/** As long as the hash, at least (RFC 7518 §3.2): a shorter secret can be tried out on a single token. */
const shortestSecret = 32;
const requiredClaims = ["iss", "aud", "sub", "jti", "iat", "nbf", "exp"];

export type JoseSignerOptions = {
  /** Newest first, all of one algorithm: the only one that is accepted. */
  readonly keys: readonly [SigningKey, ...SigningKey[]];
  readonly issuer: string;
  /** Stands in the token as `variant`, so that none is taken for another's. */
  readonly variant: string;
  readonly clock: Clock;
};

/**
 * JWTs (RFC 7519) of the one algorithm that the keys are for. Keys by `kid` from our own list, `typ`, `iss` and `aud`
 * exact (RFC 8725). Throws where keys are of several algorithms, or a secret is too short.
 */
export function createJoseSigner({ keys, issuer, variant, clock }: JoseSignerOptions): ExplainingSigner {
  for (const key of keys) judge(key, keys[0]);
  const { algorithm } = keys[0];
  const verifying = new Map(keys.map(({ kid, publicKey, privateKey }) => [kid, publicKey ?? privateKey]));

  async function verify(typ: TokenPurpose, token: string): Promise<Result<TokenClaims>> {
    if (!isCanonical(token)) return refusedAt("spelling");
    try {
      const { payload } = await jwtVerify(token, ({ kid }) => verifying.get(kid ?? "") ?? unknownKey(), {
        algorithms: [algorithm],
        typ,
        issuer,
        audience,
        requiredClaims,
        currentDate: new Date(clock.now()),
      });
      const claims = claimsOf(payload);
      if (!claims) return refusedAt("shape");
      return payload["variant"] === variant ? ok(claims) : refusedAt("variant");
    } catch (error) {
      if (error instanceof errors.JWTExpired) return refuse("EXPIRED", "exp" satisfies TokenStep);
      if (error instanceof errors.JOSEError) return refusedAt(stepOf(error, token));
      throw error;
    }
  }

  const wanted = (typ: TokenPurpose): Partial<Record<TokenStep, string>> => ({
    ...{ algorithm, key: [...verifying.keys()].join(" or "), typ, iss: issuer, aud: audience, variant },
    claims: requiredClaims.join(", "),
  });

  return {
    sign: (typ, claims) =>
      new SignJWT(payloadOf(typ, claims, variant))
        .setProtectedHeader({ alg: algorithm, typ, kid: keys[0].kid })
        .setIssuer(issuer)
        .setAudience(audience)
        .sign(keys[0].privateKey),
    verify,
    async explain(typ, token) {
      const result = await verify(typ, token);
      return { steps: stepsOf(token, result, wanted(typ)), result };
    },
  };
}

/** `explain`: the same verification, with every step that it took and what the token had for it. */
export type ExplainingSigner = Signer & { explain(purpose: TokenPurpose, token: string): Promise<Explained> };

function refusedAt(step: TokenStep): Refused {
  return refuse("INVALID_CREDENTIAL", step);
}

/** At which of its steps jose stopped. */
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

/** A claim that should be a time and is none (`invalid`) fails where its time would be compared. */
const claimSteps: Readonly<Record<string, TokenStep>> = {
  "typ check_failed": "typ",
  "iss check_failed": "iss",
  "aud check_failed": "aud",
  "nbf check_failed": "nbf",
  "iat invalid": "nbf",
  "nbf invalid": "nbf",
  "exp invalid": "exp",
};

/** Those that let the token through, and the one that did not; what each looked at, and what it wanted to see. */
function stepsOf(
  token: string,
  result: Result<unknown>,
  wanted: Partial<Record<TokenStep, string>>,
): readonly DecodingStep[] {
  const { header, payload, signature } = partsOf(token);
  const time = (value: unknown) => (typeof value === "number" ? isoOf(value) : text(value));
  const seen: Record<TokenStep, string> = {
    spelling: token
      .split(".")
      .map((part) => part.length)
      .join(" + "),
    header: Object.keys(header).join(", "),
    algorithm: text(header["alg"]),
    key: text(header["kid"]),
    signature: `${signature.slice(0, 4)}…${signature.slice(-4)}`,
    payload: Object.keys(payload).join(", "),
    typ: text(header["typ"]),
    claims: requiredClaims.filter((name) => Object.hasOwn(payload, name)).join(", "),
    iss: text(payload["iss"]),
    aud: text(payload["aud"]),
    nbf: time(payload["nbf"]),
    exp: time(payload["exp"]),
    shape: `${text(payload["preferred_username"])}, ${text(payload["role"])}`,
    variant: text(payload["variant"]),
  };
  const names: readonly string[] = tokenSteps;
  const last = result.ok ? names.length : names.indexOf(result.at ?? "") + 1;
  return tokenSteps.slice(0, last).map((step, index) => ({
    step,
    value: seen[step],
    ...(wanted[step] !== undefined && { wanted: wanted[step] }),
    ok: result.ok || index < last - 1,
  }));
}

function text(value: unknown): string {
  return (typeof value === "string" ? value : (JSON.stringify(value) ?? "none")).slice(0, 200);
}

function isoOf(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString();
}

type Members = Readonly<Record<string, unknown>>;

/** What can be read in a token that nobody has verified. */
function partsOf(token: string): { header: Members; payload: Members; signature: string } {
  const [header = "", payload = "", signature = ""] = token.split(".");
  return { header: membersOf(header), payload: membersOf(payload), signature };
}

function membersOf(part: string): Members {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
  } catch {
    return {};
  }
}

/** The public keys as a JWK Set (RFC 7517 §5). A shared secret has no public half, and is not in it. */
export async function publicJwks(keys: readonly SigningKey[]): Promise<{ keys: JWK[] }> {
  const jwks = keys.flatMap(({ kid, algorithm: alg, publicKey }) =>
    publicKey ? [exportJWK(publicKey).then((jwk) => ({ ...jwk, kid, alg, use: "sig" }))] : [],
  );
  return { keys: await Promise.all(jwks) };
}

/** Each is a mistake of whoever put the signer together, so it throws. */
function judge({ algorithm, kid, privateKey }: SigningKey, { algorithm: only }: SigningKey): void {
  if (algorithm !== only)
    throw new Error(`${kid} is for ${algorithm}, beside keys for ${only}: one signer, one algorithm`);
  const { symmetricKeySize } = privateKey;
  if (symmetricKeySize !== undefined && symmetricKeySize < shortestSecret)
    throw new Error(`${kid} has ${symmetricKeySize} bytes; a secret for ${algorithm} has at least ${shortestSecret}`);
}

function unknownKey(): never {
  throw new errors.JWKSNoMatchingKey();
}

/** Base64url leaves unused bits at the end, so one token can be spelt in several ways. Ours has one spelling. */
function isCanonical(token: string): boolean {
  const parts = token.split(".");
  return parts.length === 3 && parts.every((part) => Buffer.from(part, "base64url").toString("base64url") === part);
}

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
    // RFC 9068 §2.2 wants to know who asked for an access token: the application itself.
    ...(typ === "at+jwt" && { client_id: audience }),
    ...(record && { sid: record }),
  };
}

/** Signed by us, so the shape is ours; still each claim is looked at before it counts. */
function claimsOf(payload: JWTPayload): TokenClaims | null {
  const { sub, jti, iat, exp, auth_time, preferred_username, name, role, version, sid } = payload;
  if (typeof sub !== "string" || typeof jti !== "string" || typeof iat !== "number" || typeof exp !== "number")
    return null;
  if (typeof preferred_username !== "string" || typeof name !== "string") return null;
  if ((role !== "user" && role !== "admin") || typeof version !== "number" || typeof auth_time !== "number")
    return null;
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

function seconds(instant: number): number {
  return Math.floor(instant / 1000);
}
