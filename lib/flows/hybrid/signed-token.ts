import { expiryOf, loginRecords, maxAgeOf, principalOf } from "../../core/login-record.ts";
import type { FlowDeps, TokenClaims, TokenPurpose } from "../../core/ports.ts";
import type { LoginRecord } from "../../core/record.ts";
import type { FlowRequest } from "../../core/request.ts";
import { ok, type Result } from "../../core/result.ts";
import { type Instant, second } from "../../core/time.ts";
import { cookie, forgetCookies } from "./cookies.ts";
import { claimsOf, type Given, loginOf, type Way } from "./way.ts";

/** How a signed token is carried: where it is read, and where it is written. */
type TokenTransport = {
  readonly purpose: TokenPurpose;
  /** A browser gets a new token with an answer; another client keeps the one that it has. */
  readonly slides: boolean;
  read(request: FlowRequest): string | undefined;
  expiryOf(record: LoginRecord): Instant;
  fits(request: FlowRequest, token: string): boolean;
  given(token: string, record: LoginRecord): Given;
  deliver(request: FlowRequest, token: string, record: LoginRecord): void;
  forget(request: FlowRequest): void;
};

/** In a cookie. Its `exp` is the idle end, so an abandoned copy is refused without a look-up. */
const inCookie: TokenTransport = {
  purpose: "login+jwt",
  slides: true,
  read: ({ cookies }) => cookies.get(cookie.name)?.value,
  expiryOf,
  fits: ({ cookies }, token) => cookies.fits(cookie.name, token),
  given: (_, record) => ({ issuedAt: record.createdAt, expiresAt: expiryOf(record) }),
  deliver({ cookies }, token, record) {
    cookies.set(cookie.name, token, { ...cookie, maxAge: maxAgeOf(record, record.lastSeenAt) });
  },
  forget: forgetCookies,
};

/**
 * In a header, for a client without a cookie jar. Such a client gets no new token between its logins, so the token's
 * `exp` is the absolute end, and the record has the idle end.
 */
const inHeader: TokenTransport = {
  purpose: "at+jwt",
  slides: false,
  read: ({ bearer }) => bearer,
  expiryOf: ({ endsAt }) => endsAt,
  fits: () => true,
  given: (value, record) => ({
    issuedAt: record.createdAt,
    expiresAt: expiryOf(record),
    accessToken: { value, expiresAt: record.endsAt },
  }),
  deliver() {},
  forget() {},
};

export function createCookieToken(deps: FlowDeps): Way {
  return createSignedToken(deps, inCookie);
}

export function createBearerToken(deps: FlowDeps): Way {
  return createSignedToken(deps, inHeader);
}

/** A signed token whose `jti` leads to a record: the signature first, then the record. */
function createSignedToken(deps: FlowDeps, transport: TokenTransport): Way {
  const { records, signer, secrets, random, refuse } = deps;
  const logins = loginRecords(deps);

  async function verify(request: FlowRequest): Promise<Result<TokenClaims>> {
    const token = transport.read(request);
    return token ? signer.verify(transport.purpose, token) : refuse("NO_CREDENTIAL");
  }

  /** Found by the `jti`. The token's own text does not identify it, since it can be spelt in several ways. */
  function recordOf({ jti }: TokenClaims, how = { fresh: true }): Promise<LoginRecord | null> {
    return records.find(secrets.hash(jti), how);
  }

  const make: Way["make"] = async (request, jti, record, user) => {
    const expiresAt = transport.expiryOf(record);
    const claims = claimsOf(record, user, { jti, issuedAt: record.lastSeenAt, expiresAt });
    const token = await signer.sign(transport.purpose, claims);
    if (!transport.fits(request, token)) return refuse("UNPROCESSABLE", "cookie size");
    return ok({ given: transport.given(token, record), deliver: () => transport.deliver(request, token, record) });
  };

  return {
    mint: random.id,
    make,
    forget: transport.forget,

    async authenticate(request, { touch, acts = false, sender = request.client }) {
      const verified = await verify(request);
      if (!verified.ok) return verified;
      const found = await recordOf(verified.value, { fresh: acts });
      const used = await logins.admit(found, { client: sender, touch, fresh: acts });
      if (!used.ok) return used;
      const { record, user, moved } = used.value;
      const { jti } = verified.value;
      const renewed = touch && transport.slides && (moved || endsBefore(verified.value, record));
      const next = renewed ? await make(request, jti, record, user) : null;
      // Where it does not fit, the earlier token stays, with its end.
      if (next?.ok) next.value.deliver();
      return ok({ ...principalOf(record, user), jti });
    },

    async loginsOf(request) {
      const verified = await verify(request);
      const record = verified.ok ? await recordOf(verified.value) : null;
      return record ? [loginOf(record)] : [];
    },
  };
}

/**
 * Does the token end before its login does? Then an answer with a later token was lost, or another request was given
 * it. In the whole seconds of a NumericDate (RFC 7519 §2).
 */
function endsBefore({ expiresAt }: TokenClaims, record: LoginRecord): boolean {
  return expiryOf(record) - expiresAt >= second;
}
