// Trusts its own signature, so a request needs no look-up. For the same reason it cannot take an access token back
// before its `exp`. It can end the refresh token at once.

import type { LoginCookie } from "../../core/cookie.ts";
import type { AuthFlow } from "../../core/flow.ts";
import type { Grant, LoginOptions } from "../../core/login.ts";
import { confirmLogin, endedEvent, endLogins, evictOldest, liveLogins } from "../../core/login-list.ts";
import type { FlowDeps } from "../../core/ports.ts";
import type { RefreshFamily } from "../../core/record.ts";
import type { FlowRequest } from "../../core/request.ts";
import { ok, type Result } from "../../core/result.ts";
import { succeed } from "../../core/succession.ts";
import { identityOf, type User } from "../../core/user.ts";
import { createAccessTokens } from "./access-token.ts";
import { createRefreshCredential, type LoginOfRequest } from "./refresh-credential.ts";
import { createRotation } from "./rotation.ts";
import { createTokenDelivery, type TokenPair } from "./token-delivery.ts";

/** Read by refresh, logout, and a login that replaces another. The variant decides where the access token is kept. */
export const cookie = {
  name: "__Host-refresh",
  path: "/",
  httpOnly: true,
  secure: true,
  sameSite: "strict",
} as const satisfies LoginCookie;

type Start = LoginOptions & { readonly previous: readonly string[]; readonly renews: boolean };

export function createMemoryJwtFlow(deps: FlowDeps): AuthFlow {
  const { settings, users, families, revocation, signer, clock, log, refuse } = deps;
  /** Wrong on purpose: a logout that only deletes the client's tokens leaves every copy valid. */
  const forgets = settings.logout === "forgets";
  const rotation = createRotation(deps);

  const refreshCredential = createRefreshCredential(deps, cookie.name);
  const delivery = createTokenDelivery(deps, cookie);
  const issue = createAccessTokens({ ...deps, fits: delivery.fits });

  /**
   * New tokens and a new family for each login (ASVS 7.2.2, 7.2.4, WSTG-SESS-03). This client's previous login ends.
   */
  async function start(request: FlowRequest, user: User, options: Start): Promise<Result<Grant>> {
    const now = clock.now();
    const asked = { remember: options.remember ?? false, client: delivery.clientOf(options.client) };
    const { secret, token, family } = rotation.begin(user, request.client, asked);
    const access = await issue(request, family, user);
    if (!access.ok) return access;
    const store = {
      add: () => families.start(family, token),
      replace: (id: string) => families.replace(id, family, token),
      end: (id: string) => families.end(id, { at: now, reason: "replaced" }),
    };
    const kept = await succeed(deps, options.previous, store, options);
    if (!kept.ok) return kept;
    await evictOldest(families, user, { parallelLogins: settings.parallelLogins, now, log });
    log.record({ type: "logged-in", userId: user.id, recordId: family.id });
    return ok(deliver(request, family, user, { access: access.value, refresh: secret }));
  }

  function deliver(request: FlowRequest, family: RefreshFamily, user: User, tokens: TokenPair): Grant {
    const now = clock.now();
    const given = { user: identityOf(user), issuedAt: now, expiresAt: tokens.access.expiresAt, recordId: family.id };
    return { ...given, ...delivery.deliver(request, tokens, family, now) };
  }

  async function renew(request: FlowRequest): Promise<Result<Grant>> {
    const judged = await refreshCredential.judge(request, { client: request.client, touch: true });
    if (!judged.ok) return judged;
    const { secret, token, family, user } = judged.value;
    const next = rotation.prepare(secret, token, family);
    // Before the exchange, which is not taken back. A token that was exchanged before is judged first.
    const early = token.usedAt === null ? await issue(request, family, user) : null;
    if (early && !early.ok) return early;
    const successor = await rotation.exchange(secret, token, next);
    if (successor.ok) {
      const access = early ?? (await issue(request, family, user));
      if (!access.ok) return access;
      log.record({ type: "refreshed", userId: family.userId, recordId: family.id });
      return ok(deliver(request, family, user, { access: access.value, refresh: successor.value }));
    }
    if (successor.code !== "REUSE_DETECTED") return successor;
    // Two parties hold this token, and the server cannot tell which is the thief (RFC 9700 §4.14.2, ASVS 10.4.5).
    await families.end(family.id, { at: clock.now(), reason: "reuse-detected" });
    log.record({ type: "refresh-reuse-detected", userId: family.userId, recordId: family.id });
    return refuse("REUSE_DETECTED");
  }

  /**
   * Ends the access tokens first, where a policy can. If the process dies in between, the family is still live, so a
   * repeated logout ends it (RFC 10017 refresh session).
   */
  async function end({ id, userId, live }: LoginOfRequest, reason: "logout" | "replaced"): Promise<boolean> {
    if (live) await revocation.endAll?.(userId);
    return families.end(id, { at: clock.now(), reason });
  }

  return {
    async login(request, credentials, options) {
      // As the request found it: before the password is checked, which takes long.
      const previous = await refreshCredential.liveFamilies(request);
      const user = await users.verify(credentials);
      return user ? start(request, user, { ...options, previous, renews: false }) : refuse("BAD_CREDENTIALS");
    },

    async authenticate(request, { acts = false } = { touch: true }) {
      const shown = delivery.accessTokenOf(request);
      const verified = shown.ok ? await signer.verify("at+jwt", shown.value) : shown;
      if (!verified.ok) return verified;
      const { subject, version, jti, identity, issuedAt, expiresAt, authenticatedAt, record } = verified.value;
      const wanted = await revocation.check({ userId: subject, version, jti }, { fresh: acts });
      if (!wanted.ok) return wanted;
      // To read it is enough that the token is good to its `exp`: that is this flow's bargain.
      const live = acts ? await confirmLogin(deps, families, { userId: subject, recordId: record }) : ok(null);
      if (!live.ok) return live;
      const user = { id: subject, ...identity };
      return ok({ user, issuedAt, expiresAt, authenticatedAt, jti, ...(record && { recordId: record }) });
    },

    async reissue(request, principal) {
      const { recordId } = principal;
      const user = await users.find(principal.user.id, { fresh: true });
      if (!user || user.disabled || recordId === undefined) return refuse("REVOKED");
      const own = (await families.list(user.id, clock.now())).find(({ id }) => id === recordId);
      const { client = "browser", remembered: remember = false } = own ?? {};
      const others = (await refreshCredential.liveFamilies(request)).filter((id) => id !== recordId);
      return start(request, user, { client, remember, previous: [recordId, ...others], renews: true });
    },

    refresh: renew,

    async look(request, { sender = null } = { touch: false }) {
      const judged = await refreshCredential.judge(request, { client: sender, touch: false });
      if (!judged.ok) return judged;
      const { token, family, user } = judged.value;
      // Already exchanged: its sender is late, or a thief. A look never ends the family.
      if (token.usedAt !== null) return refuse("REVOKED", "exchanged");
      const { id: recordId, authenticatedAt, endsAt: expiresAt } = family;
      return ok({ user: identityOf(user), issuedAt: token.createdAt, authenticatedAt, expiresAt, recordId });
    },

    async logout(request, reason = "logout") {
      const kept = delivery.keptAccessToken(request);
      const access = kept ? await signer.verify("at+jwt", kept) : refuse("NO_CREDENTIAL");
      const shown = await refreshCredential.loginsOf(request, access);
      // Only the access token of this request can be denied: the `jti` of the others is not known here.
      if (access.ok && !forgets) await revocation.end?.(access.value);
      for (const login of shown) {
        const ended = forgets || (await end(login, reason));
        if (ended && reason === "logout") log.record({ type: "logged-out", userId: login.userId, recordId: login.id });
      }
      delivery.clearAll(request);
      return ok(null);
    },

    list: async (userId) => ok(await liveLogins(deps, families, userId)),

    async revoke(actor, target, reason = "revoked") {
      // First: a login in progress, or one that no list contains, has the version from before (ASVS 7.4.1).
      if ("scope" in target && target.scope === "all") await users.raiseVersion(target.user);
      const ended = await endLogins(families, actor, target, { at: clock.now(), reason });
      const own = "scope" in target ? target.scope === "current" : target.session === actor.recordId;
      if (own && actor.jti) await revocation.end?.({ jti: actor.jti, expiresAt: actor.expiresAt });
      log.record(endedEvent(target, ended, reason));
      return ok(ended);
    },
  };
}
