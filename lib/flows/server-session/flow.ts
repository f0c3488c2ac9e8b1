// Trusts its own records: the cookie is a random number that means nothing anywhere else. It therefore
// has to look one up on every request, and cannot answer when the store cannot.

import type { AuthFlow, CookieSpec, FlowRequest, Grant, Principal } from "../../core/flow.ts";
import type { FlowDeps } from "../../core/ports.ts";
import type { LoginRecord } from "../../core/record.ts";
import { ok, type Result, refuse } from "../../core/result.ts";
import { endLogins, judgeRecord, judgeUser, liveLogins } from "../../core/standing.ts";
import { endsOf, type Instant } from "../../core/time.ts";
import { identityOf, type User } from "../../core/user.ts";

export const cookie = {
  name: "__Host-sid",
  path: "/",
  httpOnly: true,
  secure: true,
  sameSite: "lax",
} as const satisfies CookieSpec;

export function createServerSessionFlow(deps: FlowDeps): AuthFlow {
  const { variant, settings, users, records, secrets, random, clock, log } = deps;
  const { lifetimes } = settings;

  /** The record of the id on this request, ended or not. An id we never gave out is never adopted (WSTG-SESS-03). */
  async function lookUp(request: FlowRequest): Promise<LoginRecord | null> {
    const id = request.cookies.get(cookie.name)?.value;
    return id ? records.find(secrets.hash(id)) : null;
  }

  /** A new id for every login (ASVS 7.2.4); the one that this browser had ends here. */
  async function start(request: FlowRequest, user: User, remembered: boolean): Promise<Result<Grant>> {
    const now = clock.now();
    const previous = await lookUp(request);
    if (previous) await records.end(previous.id, { at: now, reason: "replaced" });

    const id = secrets.mint();
    const { idleFor, endsAt } = endsOf(lifetimes, now, remembered);
    const record: LoginRecord = {
      id: random.id(),
      key: secrets.hash(id),
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
    const maxAge = remembered ? Math.floor((endsAt - now) / 1000) : undefined;
    request.cookies.set(cookie.name, id, { ...cookie, maxAge });
    log.record({ type: "logged-in", userId: user.id, recordId: record.id });
    return ok({ user: identityOf(user), issuedAt: now, expiresAt: expiry(record) });
  }

  return {
    async login(request, credentials, { remember = false }) {
      const user = await users.verify(credentials);
      return user ? start(request, user, remember) : refuse("BAD_CREDENTIALS");
    },

    async authenticate(request, { touch } = { touch: true }) {
      if (!request.cookies.get(cookie.name)) return refuse("NO_CREDENTIAL");
      const now = clock.now();
      const record = await lookUp(request);
      if (!record) return refuse("INVALID_CREDENTIAL", "look-up");
      const standing = judgeRecord(record, now);
      if (!standing.ok) return standing;
      // The live person, not a copy from login: a lowered role counts on the next request.
      const user = judgeUser(await users.find(record.userId), record.userVersion);
      if (!user.ok) return user;

      if (!touch || now - record.lastSeenAt < lifetimes.touchEvery) return ok(principalOf(record, user.value));
      const seen = { at: now, idleEndsAt: Math.min(now + record.idleFor, record.endsAt) };
      // False: it was ended between the look-up and now.
      if (!(await records.touch(record.key, seen))) return refuse("REVOKED");
      return ok(principalOf({ ...record, idleEndsAt: seen.idleEndsAt }, user.value));
    },

    async reissue(request, principal) {
      const user = await users.find(principal.user.id);
      if (!user || user.disabled) return refuse("REVOKED");
      const previous = await lookUp(request);
      return start(request, user, previous?.remembered ?? false);
    },

    async logout(request, reason = "logout") {
      const record = await lookUp(request);
      request.cookies.set(cookie.name, "", { ...cookie, maxAge: 0 });
      const ended = record && (await records.end(record.id, { at: clock.now(), reason }));
      if (ended && reason === "logout") log.record({ type: "logged-out", userId: record.userId, recordId: record.id });
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

function expiry(record: LoginRecord): Instant {
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
