// Trusts its own records: the cookie is a random number that means nothing anywhere else. It therefore
// has to look one up on every request, and cannot answer when the store cannot.

import type { AuthFlow, CookieSpec, FlowRequest, Grant } from "../../core/flow.ts";
import { admitByRecord, expiryOf, keepRecord, maxAgeOf, openRecord, principalOf } from "../../core/login-record.ts";
import type { FlowDeps } from "../../core/ports.ts";
import type { LoginRecord } from "../../core/record.ts";
import { ok, type Result, refuse } from "../../core/result.ts";
import { endLogins, liveLogins } from "../../core/standing.ts";
import { identityOf, type User } from "../../core/user.ts";

export const cookie = {
  name: "__Host-sid",
  path: "/",
  httpOnly: true,
  secure: true,
  sameSite: "lax",
} as const satisfies CookieSpec;

export function createServerSessionFlow(deps: FlowDeps): AuthFlow {
  const { users, records, secrets, clock, log } = deps;

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
    const record = openRecord(deps, { key: secrets.hash(id), user, client: request.client, remembered });
    await keepRecord(deps, record, user);
    request.cookies.set(cookie.name, id, { ...cookie, maxAge: maxAgeOf(record, now) });
    log.record({ type: "logged-in", userId: user.id, recordId: record.id });
    return ok({ user: identityOf(user), issuedAt: now, expiresAt: expiryOf(record) });
  }

  return {
    async login(request, credentials, { remember = false }) {
      const user = await users.verify(credentials);
      return user ? start(request, user, remember) : refuse("BAD_CREDENTIALS");
    },

    async authenticate(request, { touch } = { touch: true }) {
      if (!request.cookies.get(cookie.name)) return refuse("NO_CREDENTIAL");
      const used = await admitByRecord(deps, await lookUp(request), { client: request.client, touch });
      return used.ok ? ok(principalOf(used.value.record, used.value.user)) : used;
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
