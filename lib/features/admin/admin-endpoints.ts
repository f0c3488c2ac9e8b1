import { z } from "zod";
import type { FlowId, VariantId } from "../../core/ids.ts";
import { refuse } from "../../core/result.ts";
import { noContent } from "../../http/answers.ts";
import type { LabContext } from "../../http/application.ts";
import { acceptedVariants, type EndedLogins, endEverywhere, liveLoginsOf } from "../../http/live-logins.ts";
import { asJson } from "../../http/openapi/content.ts";
import { revokedAnswer, variantId } from "../../http/openapi/shapes.ts";
import { type Answer, type Call, type Endpoints, operation } from "../../http/operation.ts";
import { json, unauthorized } from "../../http/problem.ts";
import { build } from "../../http/request/credential-of-request.ts";
import { type Recognised, recognise, whoMay } from "../../http/request/recognise.ts";
import { shortText } from "../../http/request/text.ts";
import type { Person } from "../../lab/lab.ts";

const roleBody = z.strictObject({ role: z.enum(["user", "admin"]) });

const disableBody = z.strictObject({ disabled: z.boolean().optional() }).optional();

/** Also an empty object, which some clients send in place of no body. */
const revokeBody = z
  .strictObject({ flow: shortText.optional(), session: shortText.optional() })
  .refine(({ flow, session }) => (flow === undefined) === (session === undefined), {
    error: 'must be {"flow": "<flow>", "session": "<id>"}, or nothing at all',
  })
  .optional();

/** `/api/admin/users/<id>/<action>`: acts on a person of the admin's own lab. */
export const personEndpoints: Endpoints = {
  "admin/users/:id/role": {
    POST: operation({
      summary: "Give a person a role",
      description:
        "The last enabled admin keeps theirs. A raised role ends the person's logins: the next login has a new credential.",
      by: "admin",
      lab: "named",
      body: roleBody,
      answers: { 204: [] },
      refuses: ["LAST_ADMIN"],
      run: asAdmin(setRole),
    }),
  },
  "admin/users/:id/disable": {
    POST: operation({
      summary: "Disable a person, or enable them again",
      description: "Without a body: disables. The last enabled admin cannot be disabled.",
      by: "admin",
      lab: "named",
      body: disableBody,
      answers: { 204: [] },
      refuses: ["LAST_ADMIN"],
      run: asAdmin(setDisabled),
    }),
  },
  "admin/users/:id/revoke": {
    POST: operation({
      summary: "End a person's logins, or one of them",
      description:
        "Without a body: all. `cannot` names the variants that can take none back, `unanswered` those whose store does not answer; NOT_SUPPORTED where one cannot be told from another.",
      by: "admin",
      lab: "named",
      body: revokeBody,
      answers: { 200: [asJson(revokedAnswer.extend({ cannot: z.array(variantId) }))] },
      refuses: ["NOT_SUPPORTED"],
      run: asAdmin(revoke),
    }),
  },
};

export type AdminCall<Body = unknown> = Call<Body> & { readonly context: LabContext; readonly admin: Recognised };

type PersonCall<Body = unknown> = AdminCall<Body> & { readonly person: Person };

/** Requires that the caller is an admin of this lab now. */
export function forAdmin<Body>(run: (call: AdminCall<Body>) => Promise<Answer>) {
  return async (call: Call<Body>): Promise<Answer> => {
    const recognised = await recognise(call);
    if (!recognised.ok) return unauthorized(recognised.code, { bearer: true }, recognised.detail);
    const allowed = await whoMay(call, recognised.value);
    if (!allowed.ok) return allowed;
    return run({ ...call, context: allowed.value, admin: recognised.value });
  };
}

function asAdmin<Body>(run: (call: PersonCall<Body>) => Promise<Answer>) {
  return forAdmin(async (call: AdminCall<Body>) => {
    const person = await call.context.people.find(call.params["id"] ?? "");
    if (!person) return { ok: false, code: "NOT_FOUND", detail: "There is no such person in this lab." };
    return run({ ...call, person });
  });
}

async function setRole(call: PersonCall<z.infer<typeof roleBody>>): Promise<Answer> {
  const { role } = call.body;
  if (!(await call.context.people.setRole(call.person.id, role, flowIdsOf(call)))) return refuse("LAST_ADMIN");
  audit(call, "role-changed", `${call.person.username} is ${role}`);
  if (role !== call.person.role)
    call.about.plug = { kind: role === "admin" ? "raise-role" : "lower-role", user: call.person.id };
  return noContent();
}

/** Disables the person if there is no body. */
async function setDisabled(call: PersonCall<z.infer<typeof disableBody>>): Promise<Answer> {
  const { disabled = true } = call.body ?? {};
  if (!disabled) await call.context.people.enable(call.person.id);
  else if (!(await call.context.people.disable(call.person.id, flowIdsOf(call)))) return refuse("LAST_ADMIN");
  audit(call, disabled ? "user-disabled" : "user-enabled", call.person.username);
  if (disabled) call.about.plug = { kind: "disable", user: call.person.id };
  return noContent();
}

function flowIdsOf({ app }: PersonCall): readonly FlowId[] {
  return app.flows.map(({ manifest }) => manifest.id);
}

/** Revokes all logins if there is no body. */
async function revoke(call: PersonCall<z.infer<typeof revokeBody>>): Promise<Answer> {
  const { flow, session } = call.body ?? {};
  return flow !== undefined && session !== undefined ? revokeOne(call, { flow, session }) : revokeAll(call);
}

/** Ends one login, by the flow that made it. A flow that cannot end a single login answers so. */
async function revokeOne(
  call: PersonCall,
  { flow: name, session }: { flow: string; session: string },
): Promise<Answer> {
  const { context, app, admin, person } = call;
  const module = app.flows.find(({ manifest }) => manifest.id === name);
  if (!module) {
    const known = app.flows.map(({ manifest }) => manifest.id).join(", ");
    return { ok: false, code: "UNPROCESSABLE", detail: `flow: there are ${known}.` };
  }
  const variants = acceptedVariants(context, module);
  const able = variants.find(({ cannot }) => !(cannot.list ?? cannot.revoke ?? cannot.revokeOne));
  if (!able) {
    const cannot = variants
      .map((each) => each.cannot.revokeOne ?? each.cannot.revoke ?? each.cannot.list)
      .find(Boolean);
    return { ok: false, code: "NOT_SUPPORTED", detail: cannot, headers: { allow: "" } };
  }
  const { logins, unanswered } = await liveLoginsOf(call, context, person.id);
  const login = logins.find((each) => each.module === module && each.id === session);
  if (!login) {
    const ofFlow = unanswered.filter((id) => id.startsWith(`${name}/`));
    return ofFlow.length === 0 ? json({ revoked: 0, cannot: [] }) : unansweredBy(ofFlow);
  }
  const chosen = build({ ...call, about: { ...call.about } }, context, module, login.variant);
  const ended = chosen.ok ? await chosen.value.flow.revoke?.(admin.principal, { user: person.id, session }) : undefined;
  call.about.plug = { kind: "revoke-one", flow: name, user: person.id, record: session };
  return json({ revoked: ended?.ok ? ended.value : 0, cannot: [] });
}

/**
 * Ends all logins of the person, in every variant of this lab that can revoke. If one store is down, the others still
 * end theirs. The answer names it; its logins have an earlier version of the person and are refused when it is back.
 */
async function revokeAll(call: PersonCall): Promise<Answer> {
  const { context, app, admin, person } = call;
  const wish = { actor: admin.principal, target: { user: person.id, scope: "all" } } as const;
  const ended: EndedLogins[] = [];
  for (const module of app.flows) ended.push(await endEverywhere(call, context, module, wish));
  const unanswered = ended.flatMap((each) => each.unanswered);
  call.about.plug = { kind: "admin-ends-all", user: person.id };
  return json({
    revoked: ended.reduce((sum, each) => sum + each.revoked, 0),
    cannot: ended.flatMap((each) => each.cannot),
    ...(unanswered.length > 0 && { unanswered }),
  });
}

function unansweredBy(variants: readonly VariantId[]): Answer {
  const detail = `It may be one of ${variants.join(", ")}: that store does not answer. Try again in a moment.`;
  return { ok: false, code: "STORE_UNAVAILABLE", detail };
}

function audit(
  { context, client, admin, person }: PersonCall,
  type: "role-changed" | "user-disabled" | "user-enabled",
  detail: string,
) {
  context.audit(
    { type, userId: person.id, detail: `${detail}, by ${admin.principal.user.username}` },
    { client, flow: admin.module.manifest.id, variant: admin.variant.id },
  );
}
