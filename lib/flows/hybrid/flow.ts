// Trusts a signature and a record. The signature refuses what this server did not issue; the record refuses what was
// ended. The flow pays for both, at the login or on every request.

import type { AuthFlow } from "../../core/flow.ts";
import type { Grant } from "../../core/login.ts";
import { endedEvent, endLogins, liveLogins } from "../../core/login-list.ts";
import { loginRecords, type Named } from "../../core/login-record.ts";
import type { FlowDeps } from "../../core/ports.ts";
import type { FlowRequest } from "../../core/request.ts";
import { ok, type Result } from "../../core/result.ts";
import { dataOf } from "../../core/session-data.ts";
import { identityOf, type User } from "../../core/user.ts";
import type { Way } from "./way.ts";
import { waysOf } from "./ways.ts";

type Start = { readonly previous: readonly Named[]; readonly remembered: boolean; readonly renews: boolean };

export function createHybridFlow(deps: FlowDeps): AuthFlow {
  const { users, records, data, secrets, clock, log, refuse } = deps;
  const logins = loginRecords(deps);
  const { browser, native } = waysOf(deps);
  const { look, refresh } = browser;

  /** If there is a header, it alone decides who it is: a good cookie does not make up for a bad header. */
  const wayOf = ({ bearer }: FlowRequest) => (native && bearer !== undefined ? native : browser);

  /**
   * Each login gets a new credential and a new record (ASVS 7.2.2, 7.2.4, WSTG-SESS-03). The login that this client had
   * ends here.
   */
  async function start(
    way: Way,
    request: FlowRequest,
    user: User,
    { previous, remembered, renews }: Start,
  ): Promise<Result<Grant>> {
    const secret = way.mint();
    const record = logins.open({ key: secrets.hash(secret), user, client: request.client, remembered });
    // First: where its cookie does not fit, nothing is written and nothing ends.
    const made = await way.make(request, secret, record, user);
    if (!made.ok) return made;
    const kept = await logins.keep(record, user, { previous, renews });
    if (!kept.ok) return kept;
    way.forget(request);
    made.value.deliver();
    log.record({ type: "logged-in", userId: user.id, recordId: record.id });
    return ok({ user: identityOf(user), ...made.value.given, recordId: record.id });
  }

  const flow: AuthFlow = {
    async login(request, credentials, { remember = false, client }) {
      const way = client === "native" && native ? native : browser;
      // As the request found them: before the password is checked, which takes long.
      const previous = (await way.loginsOf(request)).filter(({ live }) => live);
      const user = await users.verify(credentials);
      return user
        ? start(way, request, user, { previous, remembered: remember, renews: false })
        : refuse("BAD_CREDENTIALS");
    },

    authenticate: (request, how = { touch: true }) => wayOf(request).authenticate(request, how),

    async reissue(request, principal) {
      const user = await users.find(principal.user.id, { fresh: true });
      if (!user || user.disabled) return refuse("REVOKED");
      const { recordId, recordKey } = principal;
      if (recordId === undefined) return refuse("REVOKED");
      const own = recordKey
        ? await records.find(recordKey, { fresh: true })
        : (await records.list(user.id, clock.now())).find(({ id }) => id === recordId);
      const way = wayOf(request);
      const others = (await way.loginsOf(request)).filter(({ id, live }) => live && id !== recordId);
      const previous = [own ?? { id: recordId }, ...others];
      return start(way, request, user, { previous, remembered: own?.remembered ?? false, renews: true });
    },

    ...(refresh && {
      async refresh(request) {
        const renewed = await refresh(request);
        if (!renewed.ok) return renewed;
        const { record, user, given } = renewed.value;
        log.record({ type: "refreshed", userId: user.id, recordId: record.id });
        return ok({ user: identityOf(user), ...given, recordId: record.id });
      },
    }),

    ...(look && { look: (request, how = { touch: false }) => look(request, how) }),

    async logout(request, reason = "logout") {
      const shown = [...((await native?.loginsOf(request)) ?? []), ...(await browser.loginsOf(request))];
      let rival = false;
      for (const { id, key, userId } of shown) {
        const ended = await records.end(id, { at: clock.now(), reason }, { key });
        if (ended && reason === "logout") log.record({ type: "logged-out", userId, recordId: id });
        if (!ended && reason === "replaced" && key) rival ||= await logins.wasReplaced({ key });
      }
      browser.forget(request);
      return rival ? refuse("SUPERSEDED") : ok(null);
    },

    async list(userId) {
      return ok(await liveLogins(deps, records, userId));
    },

    async revoke(actor, target, reason = "revoked") {
      // First: a login in progress, or one that no list contains, has the version from before (ASVS 7.4.1).
      if ("scope" in target && target.scope === "all") await users.raiseVersion(target.user);
      const ended = await endLogins(records, actor, target, { at: clock.now(), reason });
      log.record(endedEvent(target, ended, reason));
      return ok(ended);
    },

    async data(request) {
      return dataOf({ data, refuse }, await flow.authenticate(request));
    },
  };
  return flow;
}
