import { confirmLogin } from "../../core/login-list.ts";
import { expiryOf, loginRecords, maxAgeOf, principalOf, type Used } from "../../core/login-record.ts";
import type { FlowDeps, TokenClaims } from "../../core/ports.ts";
import type { LoginRecord } from "../../core/record.ts";
import type { FlowRequest } from "../../core/request.ts";
import { ok, type Result } from "../../core/result.ts";
import type { User } from "../../core/user.ts";
import type { Asking } from "../../core/validity.ts";
import { cookie, forgetCookies, refreshCookie } from "./cookies.ts";
import { claimsOf, loginOf, type Made, type Way } from "./way.ts";

/** A short token that is accepted without a look-up, and an id whose record renews it. */
export function createShortToken(deps: FlowDeps): Way {
  const { settings, records, signer, secrets, random, clock, refuse } = deps;
  const logins = loginRecords(deps);

  async function verify(request: FlowRequest): Promise<Result<TokenClaims>> {
    const token = request.cookies.get(cookie.name)?.value;
    return token ? signer.verify("login+jwt", token) : refuse("NO_CREDENTIAL");
  }

  function idOf({ cookies }: FlowRequest): string | undefined {
    return cookies.get(refreshCookie.name)?.value;
  }

  /** Past a cache: it makes a token, which would outlive what the cache believed. */
  async function admitById(request: FlowRequest, how: Omit<Asking, "fresh">): Promise<Result<Used>> {
    const id = idOf(request);
    const asking = { ...how, fresh: true };
    return id ? logins.admit(await records.find(secrets.hash(id), asking), asking) : refuse("NO_CREDENTIAL");
  }

  /** The token never outlives its record, so a renewal does not extend the login (RFC 10017 refresh session). */
  async function makeToken({ cookies }: FlowRequest, record: LoginRecord, user: User): Promise<Result<Made>> {
    const issuedAt = clock.now();
    const expiresAt = Math.min(issuedAt + settings.lifetimes.access, expiryOf(record));
    const token = await signer.sign("login+jwt", claimsOf(record, user, { jti: random.id(), issuedAt, expiresAt }));
    if (!cookies.fits(cookie.name, token)) return refuse("UNPROCESSABLE", "cookie size");
    const attributes = { ...cookie, maxAge: maxAgeOf(record, issuedAt) };
    return ok({
      given: { issuedAt, expiresAt },
      deliver: () => void cookies.set(cookie.name, token, attributes),
    });
  }

  return {
    mint: secrets.mint,
    forget: forgetCookies,

    async make(request, id, record, user) {
      const token = await makeToken(request, record, user);
      if (!token.ok) return token;
      const { given, deliver } = token.value;
      const attributes = { ...refreshCookie, maxAge: maxAgeOf(record, record.createdAt) };
      return ok({
        given,
        deliver() {
          request.cookies.set(refreshCookie.name, id, attributes);
          deliver();
        },
      });
    },

    async authenticate(request, { acts = false }) {
      const verified = await verify(request);
      if (!verified.ok) return verified;
      const { subject, identity, issuedAt, expiresAt, authenticatedAt, record } = verified.value;
      // To read it is enough that the token is good to its `exp`: that is this variant's bargain.
      const live = acts ? await confirmLogin(deps, records, { userId: subject, recordId: record }) : ok(null);
      if (!live.ok) return live;
      const user = { id: subject, ...identity };
      return ok({ user, issuedAt, expiresAt, authenticatedAt, ...(record && { recordId: record }) });
    },

    async loginsOf(request) {
      const id = idOf(request);
      const found = id ? await records.find(secrets.hash(id), { fresh: true }) : null;
      const verified = await verify(request);
      const named = verified.ok ? verified.value.record : undefined;
      const renewed = found ? [loginOf(found)] : [];
      if (!verified.ok || named === undefined || named === found?.id) return renewed;
      // Usually the cookies are two halves of one login. Here the renewal cookie is missing, or another login's.
      const { subject: userId } = verified.value;
      const live = (await records.list(userId, clock.now())).some(({ id: each }) => each === named);
      return [...renewed, { id: named, userId, live }];
    },

    /**
     * The id stays the same at each refresh: a holder of a copy renews tokens beside its owner until the record ends.
     * Without rotation a copy is not detected (ASVS 10.4.5, RFC 9700 §2.2.2, §4.14.2, RFC 10017 refresh rotation).
     */
    async refresh(request) {
      const used = await admitById(request, { client: request.client, touch: true });
      if (!used.ok) return used;
      const { record, user } = used.value;
      const token = await makeToken(request, record, user);
      if (!token.ok) return token;
      token.value.deliver();
      return ok({ record, user, given: token.value.given });
    },

    async look(request, { touch, sender = null }) {
      const used = await admitById(request, { client: sender, touch });
      return used.ok ? ok(principalOf(used.value.record, used.value.user)) : used;
    },
  };
}
