// Trusts a signature first and a record second: what was not signed here never reaches the store, and
// what was ended there gets in no more. It therefore pays for both on every request.

import type { AuthFlow, CookieSpec, FlowRequest, Grant, Principal } from "../../core/flow.ts";
import type { FlowDeps, TokenClaims } from "../../core/ports.ts";
import type { LoginRecord } from "../../core/record.ts";
import { ok, type Result, refuse } from "../../core/result.ts";
import { endLogins, judgeRecord, judgeUser, liveLogins } from "../../core/standing.ts";
import { endsOf } from "../../core/time.ts";
import { identityOf, type User } from "../../core/user.ts";

export const cookie = {
  name: "__Host-hybrid",
  path: "/",
  httpOnly: true,
  secure: true,
  sameSite: "lax",
} as const satisfies CookieSpec;

export function createHybridFlow(deps: FlowDeps): AuthFlow {
  const { variant, settings, users, records, signer, secrets, random, clock, log } = deps;
  const { lifetimes } = settings;

  async function verify(request: FlowRequest): Promise<Result<TokenClaims>> {
    const token = request.cookies.get(cookie.name)?.value;
    return token ? signer.verify("login+jwt", token) : refuse("NO_CREDENTIAL");
  }

  /** The allowlist: a record by the token's `jti`. The token's own text is no name for it, since it can be spelt in several ways. */
  async function lookUp(request: FlowRequest): Promise<LoginRecord | null> {
    const verified = await verify(request);
    return verified.ok ? records.find(secrets.hash(verified.value.jti)) : null;
  }

  async function start(request: FlowRequest, user: User, remembered: boolean): Promise<Result<Grant>> {
    const now = clock.now();
    const previous = await lookUp(request);
    if (previous) await records.end(previous.id, { at: now, reason: "replaced" });

    const jti = random.id();
    const { idleFor, endsAt } = endsOf(lifetimes, now, remembered);
    const record: LoginRecord = {
      id: random.id(),
      key: secrets.hash(jti),
      variant,
      userId: user.id,
      userVersion: user.version,
      createdAt: now,
      lastSeenAt: now,
      authenticatedAt: now,
      idleFor,
      idleEndsAt: now + idleFor,
      endsAt,
      remembered,
      ...request.client,
      ended: null,
    };
    await records.add(record);
    await issue(request, jti, record, user);
    log.record({ type: "logged-in", userId: user.id, recordId: record.id });
    return ok({ user: identityOf(user), issuedAt: now, expiresAt: expiry(record) });
  }

  /** The token's `exp` is the idle end, so an abandoned copy is refused without a look-up. */
  async function issue(request: FlowRequest, jti: string, record: LoginRecord, user: User): Promise<void> {
    const token = await signer.sign("login+jwt", {
      subject: user.id,
      jti,
      issuedAt: record.lastSeenAt,
      expiresAt: expiry(record),
      identity: identityOf(user),
      version: user.version,
      authenticatedAt: record.authenticatedAt,
      record: record.id,
    });
    const maxAge = record.remembered ? Math.floor((record.endsAt - record.lastSeenAt) / 1000) : undefined;
    request.cookies.set(cookie.name, token, { ...cookie, maxAge });
  }

  return {
    async login(request, credentials, { remember = false }) {
      const user = await users.verify(credentials);
      return user ? start(request, user, remember) : refuse("BAD_CREDENTIALS");
    },

    async authenticate(request, { touch } = { touch: true }) {
      const verified = await verify(request);
      if (!verified.ok) return verified;
      const now = clock.now();
      const record = await records.find(secrets.hash(verified.value.jti));
      if (!record) return refuse("INVALID_CREDENTIAL", "look-up");
      const standing = judgeRecord(record, now);
      if (!standing.ok) return standing;
      const user = judgeUser(await users.find(record.userId), record.userVersion);
      if (!user.ok) return user;

      if (!touch || now - record.lastSeenAt < lifetimes.touchEvery) return ok(principalOf(record, user.value));
      const seen = { at: now, idleEndsAt: Math.min(now + record.idleFor, record.endsAt) };
      // False: it was ended between the look-up and now.
      if (!(await records.touch(record.key, seen))) return refuse("REVOKED");
      const moved = { ...record, lastSeenAt: seen.at, idleEndsAt: seen.idleEndsAt };
      await issue(request, verified.value.jti, moved, user.value);
      return ok(principalOf(moved, user.value));
    },

    async reissue(request, principal) {
      const user = await users.find(principal.user.id);
      if (!user || user.disabled) return refuse("REVOKED");
      const previous = await lookUp(request);
      return start(request, user, previous?.remembered ?? false);
    },

    async logout(request) {
      const record = await lookUp(request);
      request.cookies.set(cookie.name, "", { ...cookie, maxAge: 0 });
      if (record && (await records.end(record.id, { at: clock.now(), reason: "logout" }))) {
        log.record({ type: "logged-out", userId: record.userId, recordId: record.id });
      }
      return ok(null);
    },

    async list(userId) {
      return ok(await liveLogins(records, await users.find(userId), clock.now()));
    },

    async revoke(actor, target) {
      const ended = await endLogins(records, actor, target, { at: clock.now(), reason: "revoked" });
      log.record({ type: "revoked", userId: target.user, detail: `${ended} ended` });
      return ok(ended);
    },
  };
}

function expiry(record: LoginRecord): number {
  return Math.min(record.idleEndsAt, record.endsAt);
}

function principalOf(record: LoginRecord, user: User): Principal {
  return {
    user: identityOf(user),
    issuedAt: record.createdAt,
    authenticatedAt: record.authenticatedAt,
    expiresAt: expiry(record),
    recordId: record.id,
  };
}
