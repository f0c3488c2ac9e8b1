import type { FlowModule } from "../../core/flow.ts";
import type { Grant } from "../../core/login.ts";
import type { LabContext } from "../../http/application.ts";
import { liveLoginsOf, unlessUnavailable } from "../../http/live-logins.ts";
import type { Call } from "../../http/operation.ts";
import { build } from "../../http/request/credential-of-request.ts";

/**
 * After a login, ends the person's oldest logins above the lab's cap on parallel logins, in each store that a variant
 * of the flow uses (ASVS 7.1.2, WSTG-SESS-11). Asked when those that the new login replaces have ended. Where there are
 * none that its flow does not know, the flow has already applied the cap in its own store. A store that does not answer
 * is not counted.
 */
export async function capEverywhere(call: Call, context: LabContext, module: FlowModule, grant: Grant): Promise<void> {
  const { parallelLogins } = context.lab.settings;
  if (parallelLogins === null || grant.recordId === undefined) return;
  const { user, issuedAt, expiresAt, recordId } = grant;
  const { logins } = await liveLoginsOf(call, context, user.id, [module]);
  const newestFirst = [...logins].sort((a, b) => b.createdAt - a.createdAt || b.id.localeCompare(a.id));
  const actor = { user, issuedAt, expiresAt, recordId, authenticatedAt: issuedAt };
  for (const { id: session, variant } of newestFirst.slice(parallelLogins)) {
    const kept = build({ ...call, about: { ...call.about } }, context, module, variant);
    if (kept.ok) await kept.value.flow.revoke?.(actor, { user: user.id, session }, "evicted").catch(unlessUnavailable);
  }
}
