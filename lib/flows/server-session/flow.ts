// Trusts its own records: the cookie holds a random number, which is only a key to a record. The flow looks one up on
// every request, and cannot answer when its store cannot.

import type { LoginCookie } from "../../core/cookie.ts";
import type { AuthFlow } from "../../core/flow.ts";
import type { Grant } from "../../core/login.ts";
import { endedEvent, endLogins, liveLogins } from "../../core/login-list.ts";
import { expiryOf, loginRecords, maxAgeOf, principalOf } from "../../core/login-record.ts";
import type { FlowDeps } from "../../core/ports.ts";
import type { EndReason, LoginRecord } from "../../core/record.ts";
import type { FlowRequest } from "../../core/request.ts";
import { ok, type Result } from "../../core/result.ts";
import { dataOf } from "../../core/session-data.ts";
import { identityOf, type User, type UserId } from "../../core/user.ts";

export const cookie = {
  name: "__Host-sid",
  path: "/",
  httpOnly: true,
  secure: true,
  sameSite: "lax",
} as const satisfies LoginCookie;

/**
 * Sessions that are opened beside a login and end with it, such as a payment session. Each step below that ends a login
 * ends these too.
 */
export type DependentSessions = {
  /** Ends the one of this browser. */
  end(request: FlowRequest): Promise<unknown>;
  /** Ends those of the person whose login is no longer live. */
  endOrphans(user: UserId, reason: EndReason): Promise<void>;
};

type Start = { readonly previous: LoginRecord | null; readonly remembered: boolean; readonly renews: boolean };

/** `dependents`: absent in an application without such sessions. */
export function createServerSessionFlow(deps: FlowDeps & { readonly dependents?: DependentSessions }): AuthFlow {
  const { users, records, data, secrets, clock, log, refuse, dependents } = deps;
  const logins = loginRecords(deps);

  /**
   * The record of the id on this request, live or ended. An id that this server did not issue is never adopted
   * (WSTG-SESS-03).
   */
  async function lookUp(request: FlowRequest): Promise<LoginRecord | null> {
    const id = request.cookies.get(cookie.name)?.value;
    if (!id || secrets.isGenuine?.(id) === false) return null;
    return records.find(secrets.hash(id), { fresh: true });
  }

  /** Answers whether this call ended the record. */
  async function end({ id, key, userId }: LoginRecord, reason: EndReason): Promise<boolean> {
    const ended = await records.end(id, { at: clock.now(), reason }, { key });
    await dependents?.endOrphans(userId, reason);
    return ended;
  }

  /**
   * Each login gets a new id (ASVS 7.2.2, 7.2.4). The login that this browser had ends here; if the new one `renews`
   * it, its session data moves over.
   */
  async function start(
    request: FlowRequest,
    user: User,
    { previous, remembered, renews }: Start,
  ): Promise<Result<Grant>> {
    const now = clock.now();
    const id = secrets.mint();
    const record = logins.open({ key: secrets.hash(id), user, client: request.client, remembered });
    const kept = await logins.keep(record, user, { previous: previous ? [previous] : [], renews });
    if (!kept.ok) return kept;
    if (previous) await dependents?.endOrphans(previous.userId, "replaced");
    request.cookies.set(cookie.name, id, { ...cookie, maxAge: maxAgeOf(record, now) });
    log.record({ type: "logged-in", userId: user.id, recordId: record.id });
    return ok({ user: identityOf(user), issuedAt: now, expiresAt: expiryOf(record), recordId: record.id });
  }

  const flow: AuthFlow = {
    async login(request, credentials, { remember = false }) {
      // As the request found it: before the password is checked, which takes long.
      const found = await lookUp(request);
      const previous = found?.ended ? null : found;
      const user = await users.verify(credentials);
      return user ? start(request, user, { previous, remembered: remember, renews: false }) : refuse("BAD_CREDENTIALS");
    },

    async authenticate(request, { touch, acts = false } = { touch: true }) {
      const id = request.cookies.get(cookie.name)?.value;
      if (id === undefined) return refuse("NO_CREDENTIAL");
      if (secrets.isGenuine?.(id) === false) return refuse("INVALID_CREDENTIAL", "signature");
      const asking = { client: request.client, touch, fresh: acts };
      const used = await logins.admit(await records.find(secrets.hash(id), asking), asking);
      return used.ok ? ok(principalOf(used.value.record, used.value.user)) : used;
    },

    async reissue(request, principal) {
      const user = await users.find(principal.user.id, { fresh: true });
      if (!user || user.disabled) return refuse("REVOKED");
      const previous = await lookUp(request);
      if (!previous) return refuse("REVOKED");
      return start(request, user, { previous, remembered: previous.remembered, renews: true });
    },

    async logout(request, reason = "logout") {
      const record = await lookUp(request);
      await dependents?.end(request);
      const ended = record && (await end(record, reason));
      // Last: if the login could not be ended, the browser keeps the cookie and can ask again.
      request.cookies.set(cookie.name, "", { ...cookie, maxAge: 0 });
      if (ended && reason === "logout") log.record({ type: "logged-out", userId: record.userId, recordId: record.id });
      const rival = reason === "replaced" && record && !ended && (await logins.wasReplaced(record));
      return rival ? refuse("SUPERSEDED") : ok(null);
    },

    async list(userId) {
      return ok(await liveLogins(deps, records, userId));
    },

    async revoke(actor, target, reason = "revoked") {
      // First: a login in progress, or one that no list contains, has the version from before (ASVS 7.4.1).
      if ("scope" in target && target.scope === "all") await users.raiseVersion(target.user);
      const ended = await endLogins(records, actor, target, { at: clock.now(), reason });
      await dependents?.endOrphans(target.user, reason);
      log.record(endedEvent(target, ended, reason));
      return ok(ended);
    },

    async data(request) {
      return dataOf({ data, refuse }, await flow.authenticate(request));
    },
  };

  return flow;
}
