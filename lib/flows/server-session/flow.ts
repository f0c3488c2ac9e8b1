// Trusts its own records: the cookie is a random number that means nothing anywhere else. It therefore
// has to look one up on every request, and cannot answer when the store cannot.

import type { LoginCookie } from "../../core/cookie.ts";
import type { AuthFlow } from "../../core/flow.ts";
import type { Grant } from "../../core/login.ts";
import { endLogins, liveLogins } from "../../core/login-list.ts";
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

/** What is opened beside a login and cannot outlive it. Each step below that ends a login ends this too. */
export type Beside = {
  /** The one that this browser has. */
  end(request: FlowRequest): Promise<unknown>;
  /** All of a person's that stand beside no live login any more. */
  endOrphans(user: UserId, reason: EndReason): Promise<void>;
};

/** `beside`: absent where an application opens nothing beside its logins. */
export function createServerSessionFlow(deps: FlowDeps & { readonly beside?: Beside }): AuthFlow {
  const { users, records, data, secrets, clock, log, refuse, beside } = deps;
  const logins = loginRecords(deps);

  /** The record of the id on this request, ended or not. An id we never gave out is never adopted (WSTG-SESS-03). */
  async function lookUp(request: FlowRequest): Promise<LoginRecord | null> {
    const id = request.cookies.get(cookie.name)?.value;
    if (!id || secrets.isGenuine?.(id) === false) return null;
    return records.find(secrets.hash(id));
  }

  /** Answers whether this call ended it. */
  async function end({ id, userId }: LoginRecord, reason: EndReason): Promise<boolean> {
    const ended = await records.end(id, { at: clock.now(), reason });
    await beside?.endOrphans(userId, reason);
    return ended;
  }

  /** A new id for every login (ASVS 7.2.2, 7.2.4); the one that this browser had ends here, and leaves its data if the person is the same. */
  async function start(
    request: FlowRequest,
    user: User,
    remembered: boolean,
    inherits = false,
  ): Promise<Result<Grant>> {
    const now = clock.now();
    const previous = await lookUp(request);
    const id = secrets.mint();
    const record = logins.open({ key: secrets.hash(id), user, client: request.client, remembered });
    await logins.keep(record, user, { previous, inherits });
    if (previous) await beside?.endOrphans(previous.userId, "replaced");
    request.cookies.set(cookie.name, id, { ...cookie, maxAge: maxAgeOf(record, now) });
    log.record({ type: "logged-in", userId: user.id, recordId: record.id });
    return ok({ user: identityOf(user), issuedAt: now, expiresAt: expiryOf(record), recordId: record.id });
  }

  const flow: AuthFlow = {
    async login(request, credentials, { remember = false }) {
      const user = await users.verify(credentials);
      return user ? start(request, user, remember) : refuse("BAD_CREDENTIALS");
    },

    async authenticate(request, { touch } = { touch: true }) {
      if (!request.cookies.get(cookie.name)) return refuse("NO_CREDENTIAL");
      const used = await logins.admit(await lookUp(request), { client: request.client, touch });
      return used.ok ? ok(principalOf(used.value.record, used.value.user)) : used;
    },

    async reissue(request, principal) {
      const user = await users.find(principal.user.id);
      if (!user || user.disabled) return refuse("REVOKED");
      const previous = await lookUp(request);
      return start(request, user, previous?.remembered ?? false, true);
    },

    async logout(request, reason = "logout") {
      const record = await lookUp(request);
      request.cookies.set(cookie.name, "", { ...cookie, maxAge: 0 });
      await beside?.end(request);
      const ended = record && (await end(record, reason));
      if (ended && reason === "logout") log.record({ type: "logged-out", userId: record.userId, recordId: record.id });
      return ok(null);
    },

    async list(userId) {
      return ok(await liveLogins(records, await users.find(userId), clock.now()));
    },

    async revoke(actor, target) {
      const ended = await endLogins(records, actor, target, { at: clock.now(), reason: "revoked" });
      await beside?.endOrphans(target.user, "revoked");
      log.record({ type: "revoked", userId: target.user, detail: `${ended} ended` });
      return ok(ended);
    },

    async data(request) {
      return dataOf({ data, refuse }, await flow.authenticate(request));
    },
  };

  return flow;
}
