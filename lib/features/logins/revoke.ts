import type { z } from "zod";
import { acting, type FlowModule } from "../../core/flow.ts";
import type { Principal, RevokeTarget } from "../../core/login.ts";
import { notSupported, refused } from "../../http/answers.ts";
import { forgetCookies, goesByCookies } from "../../http/forget-cookies.ts";
import type { Answer, Call } from "../../http/operation.ts";
import { json } from "../../http/problem.ts";
import { chooseFlow } from "../../http/request/credential-of-request.ts";
import type { revokeBody } from "../../http/request/flow-bodies.ts";
import type { Plug } from "../../lab/feed/plug.ts";
import { revokeElsewhere } from "./revoke-elsewhere.ts";

/**
 * Ends logins without asking for the password again (ASVS 7.5.2 reauthenticated): a thief could only cause a nuisance.
 */
export async function revoke(call: Call<z.infer<typeof revokeBody>>, module: FlowModule): Promise<Answer> {
  const chosen = chooseFlow(call, module, "access");
  if (!chosen.ok) return refused(module, chosen.code);
  const { flow, variant } = chosen.value;
  const principal = await flow.authenticate(call.flowRequest, acting);
  if (!principal.ok) return refused(module, principal.code, chosen.value.variant);
  const target = { user: principal.value.user.id, ...call.body };
  const revoked = await flow.revoke?.(principal.value, target);
  // Its owner asked for it, also where the flow cannot do it and the login goes on.
  if (revoked?.ok !== false || revoked.code === "NOT_SUPPORTED") call.about.plug = plugOf(target, module);
  if (!revoked) return notSupported(variant, "revoke");
  if (!revoked.ok) return revoked.code === "NOT_SUPPORTED" ? notSupported(variant, "revokeOne") : revoked;
  const asked = { variant, actor: principal.value, target, here: revoked.value };
  const elsewhere = await revokeElsewhere(call, module, asked);
  const { unanswered } = elsewhere;
  if (endsOwn(target, principal.value) && goesByCookies(call.flowRequest, module.manifest))
    forgetCookies(call.jar, module.manifest);
  return json({ revoked: revoked.value + elsewhere.revoked, ...(unanswered.length > 0 && { unanswered }) });
}

const scopePlugs = { current: "revoke-this", others: "revoke-others", all: "revoke-all" } as const;

function plugOf(target: RevokeTarget, { manifest: { id: flow } }: FlowModule): Plug {
  const { user } = target;
  if ("session" in target) return { kind: "revoke-one", flow, user, record: target.session };
  const { scope } = target;
  const which = { current: "own", others: "others", all: undefined } as const;
  return { kind: scopePlugs[scope], flow, user, ...(which[scope] && { which: which[scope] }) };
}

function endsOwn(target: RevokeTarget, { recordId }: Principal): boolean {
  return "session" in target ? target.session === recordId : target.scope !== "others";
}
