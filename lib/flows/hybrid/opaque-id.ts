import { expiryOf, loginRecords, maxAgeOf, principalOf } from "../../core/login-record.ts";
import type { FlowDeps } from "../../core/ports.ts";
import type { FlowRequest } from "../../core/request.ts";
import { ok } from "../../core/result.ts";
import { cookie, forgetCookies } from "./cookies.ts";
import type { Way } from "./way.ts";

export function idInCookie({ cookies }: FlowRequest): string | undefined {
  return cookies.get(cookie.name)?.value;
}

/**
 * A random id, which is only a key to a record. `isClient`: the sender of the request is the client of the login, and
 * not a service that asks about it.
 */
export function createOpaqueId(deps: FlowDeps, { idOf = idInCookie, isClient = true } = {}): Way {
  const { records, secrets, refuse } = deps;
  const logins = loginRecords(deps);
  return {
    mint: secrets.mint,
    forget: forgetCookies,

    async give(request, id, record) {
      const { createdAt: issuedAt } = record;
      request.cookies.set(cookie.name, id, { ...cookie, maxAge: maxAgeOf(record, issuedAt) });
      return { issuedAt, expiresAt: expiryOf(record) };
    },

    async authenticate(request, touch) {
      const id = idOf(request);
      if (!id) return refuse("NO_CREDENTIAL");
      const used = await logins.admit(await records.find(secrets.hash(id)), {
        client: isClient ? request.client : null,
        touch,
      });
      return used.ok ? ok(principalOf(used.value.record, used.value.user)) : used;
    },

    async loginsOf(request) {
      const id = idOf(request);
      const record = id ? await records.find(secrets.hash(id)) : null;
      return record ? [record] : [];
    },
  };
}
