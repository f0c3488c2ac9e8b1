import type { Principal } from "../../core/login.ts";
import { expiryOf, loginRecords, maxAgeOf, principalOf } from "../../core/login-record.ts";
import type { FlowDeps } from "../../core/ports.ts";
import type { FlowRequest } from "../../core/request.ts";
import { ok, type Result } from "../../core/result.ts";
import type { Asking } from "../../core/validity.ts";
import { cookie, forgetCookies } from "./cookies.ts";
import { loginOf, type Way } from "./way.ts";

export function idInCookie({ cookies }: FlowRequest): string | undefined {
  return cookies.get(cookie.name)?.value;
}

/** A way whose record is judged for any client that is said to have sent the id. */
export type OpaqueId = Way & { admit(request: FlowRequest, asking: Asking): Promise<Result<Principal>> };

/** A random id, which is only a key to a record. */
export function createOpaqueId(deps: FlowDeps, { idOf = idInCookie } = {}): OpaqueId {
  const { records, secrets, refuse } = deps;
  const logins = loginRecords(deps);

  async function admit(request: FlowRequest, asking: Asking): Promise<Result<Principal>> {
    const id = idOf(request);
    if (!id) return refuse("NO_CREDENTIAL");
    const used = await logins.admit(await records.find(secrets.hash(id), asking), asking);
    return used.ok ? ok(principalOf(used.value.record, used.value.user)) : used;
  }

  return {
    mint: secrets.mint,
    forget: forgetCookies,

    async make(request, id, record) {
      const { createdAt: issuedAt } = record;
      const attributes = { ...cookie, maxAge: maxAgeOf(record, issuedAt) };
      const given = { issuedAt, expiresAt: expiryOf(record) };
      return ok({ given, deliver: () => void request.cookies.set(cookie.name, id, attributes) });
    },

    admit,
    authenticate: (request, { touch, acts = false, sender = request.client }) =>
      admit(request, { client: sender, touch, fresh: acts }),

    async loginsOf(request) {
      const id = idOf(request);
      const record = id ? await records.find(secrets.hash(id), { fresh: true }) : null;
      return record ? [loginOf(record)] : [];
    },
  };
}
