import { z } from "zod";
import type { Person } from "../core/lab.ts";
import { ok, type Result, refuse } from "../core/result.ts";
import { StoreUnavailable } from "../core/store-unavailable.ts";
import type { World } from "./application.ts";
import { build } from "./credential-of-request.ts";
import { type Answer, type Call, type Endpoint, noContent } from "./endpoint.ts";
import { json, unauthorized } from "./problem.ts";
import { type Recognised, recognise } from "./recognise.ts";

const roleBody = z.strictObject({ role: z.enum(["user", "admin"]) });
const disableBody = z.strictObject({ disabled: z.boolean() }).optional();

/** `/api/admin/users/<id>/<action>`: for an admin of the same lab. */
export const adminEndpoints: Readonly<Record<string, Endpoint>> = {
  role: { POST: { lab: "named", body: roleBody, run: asAdmin(setRole) } },
  disable: { POST: { lab: "named", body: disableBody, run: asAdmin(setDisabled) } },
  revoke: { POST: { lab: "named", run: asAdmin(revokeAll) } },
};

type AdminCall = Call & { readonly world: World; readonly admin: Recognised; readonly person: Person };

function asAdmin(run: (call: AdminCall) => Promise<Answer>) {
  return async (call: Call): Promise<Answer> => {
    const recognised = await recognise(call);
    if (!recognised.ok) return unauthorized(recognised.code, { bearer: true });
    const allowed = await whoMay(call, recognised.value);
    if (!allowed.ok) return allowed;
    const person = await allowed.value.people.find(call.params["id"] ?? "");
    if (!person) return { ok: false, code: "NOT_FOUND", detail: "There is no such person in this lab." };
    return run({ ...call, world: allowed.value, admin: recognised.value, person });
  };
}

/** The live role decides, whatever an older credential still says: power over others is never taken from a copy. */
export async function whoMay({ world }: Call, { principal }: Recognised): Promise<Result<World>> {
  const live = await world?.people.find(principal.user.id);
  return world && live?.role === "admin" && !live.disabled ? ok(world) : refuse("FORBIDDEN");
}

async function setRole(call: AdminCall): Promise<Answer> {
  const { role } = roleBody.parse(call.body);
  await call.world.people.setRole(call.person.id, role);
  audit(call, "role-changed", `${call.person.username} is ${role}`);
  return noContent();
}

/** Without a body: disables. */
async function setDisabled(call: AdminCall): Promise<Answer> {
  const { disabled } = disableBody.parse(call.body) ?? { disabled: true };
  const flows = call.app.flows.map(({ manifest }) => manifest.id);
  if (disabled) await call.world.people.disable(call.person.id, flows);
  else await call.world.people.enable(call.person.id);
  audit(call, disabled ? "user-disabled" : "user-enabled", call.person.username);
  return noContent();
}

/**
 * All logins of the person, in every variant of this lab that can take one back. A store that is down does not keep
 * the others from ending theirs; but then not all are ended, and the answer says so.
 */
async function revokeAll(call: AdminCall): Promise<Answer> {
  const { world, app, admin, person } = call;
  let revoked = 0;
  const cannot: string[] = [];
  const unanswered: string[] = [];
  for (const module of app.flows) {
    for (const { id } of module.manifest.variants.filter((variant) => world.lab.enabled.includes(variant.id))) {
      // The exchange is about the admin's own login, whatever it ends.
      const chosen = build({ ...call, about: { ...call.about } }, world, module, id);
      if (!chosen.ok) continue;
      const ended = await chosen.value.flow
        .revoke?.(admin.principal, { user: person.id, scope: "all" })
        .catch(unlessUnavailable);
      if (ended === "unavailable") unanswered.push(id);
      else if (ended?.ok) revoked += ended.value;
      else cannot.push(id);
    }
  }
  if (unanswered.length === 0) return json({ revoked, cannot });
  const detail = `${revoked} ended, but not those of ${unanswered.join(", ")}: that store does not answer. Try again in a moment.`;
  return { ok: false, code: "STORE_UNAVAILABLE", detail };
}

function unlessUnavailable(error: unknown): "unavailable" {
  if (error instanceof StoreUnavailable) return "unavailable";
  throw error;
}

function audit(
  { world, client, admin, person }: AdminCall,
  type: "role-changed" | "user-disabled" | "user-enabled",
  detail: string,
) {
  world.audit(
    { type, userId: person.id, detail: `${detail}, by ${admin.principal.user.username}` },
    { client, flow: admin.module.manifest.id, variant: admin.variant.id },
  );
}
