import { cookiesOf, takesBearer } from "../../core/credential.ts";
import type { FlowModule } from "../../core/flow.ts";
import type { Principal } from "../../core/login.ts";
import { ok, type Refused, type Result, refuse } from "../../core/result.ts";
import type { LabContext } from "../application.ts";
import type { Call } from "../operation.ts";
import { type Chosen, chooseFlow } from "./credential-of-request.ts";
import { isSafe } from "./origin.ts";

export type Recognised = Chosen & { readonly module: FlowModule; readonly principal: Principal };

/** `detail`: what the code means with the variant that refused. */
type Unrecognised = Refused & { readonly detail?: string };

type Recognition = { readonly ok: true; readonly value: Recognised } | Unrecognised;

/**
 * Authenticates a request by any flow's credential. If there is an `Authorization: Bearer` header, it decides alone;
 * otherwise the cookies do. Cookies of two people are refused.
 */
export async function recognise(call: Call): Promise<Recognition> {
  const byHeader = call.flowRequest.bearer !== undefined;
  const asked = call.app.flows.filter(({ manifest }) =>
    byHeader ? takesBearer(manifest) : cookiesOf(manifest, "access").length > 0,
  );
  const found: Recognised[] = [];
  let refusal: Unrecognised = refuse("NO_CREDENTIAL");
  for (const module of asked) {
    const answer = await ask(call, module);
    if (answer.ok) found.push(answer.value);
    else if (answer.code === "AMBIGUOUS_CREDENTIALS") return answer;
    // Other flows would only call the token invalid; its own flow gives the better refusal.
    else if (
      refusal.code === "NO_CREDENTIAL" ||
      (refusal.code === "INVALID_CREDENTIAL" && answer.code !== "NO_CREDENTIAL")
    )
      refusal = answer;
  }
  const [first] = found;
  if (!first) return refusal;
  call.about.flow = first.module.manifest.id;
  call.about.variant = first.variant.id;
  const same = found.every(({ principal }) => principal.user.id === first.principal.user.id);
  return same ? ok(first) : refuse("AMBIGUOUS_CREDENTIALS");
}

async function ask(call: Call, module: FlowModule): Promise<Recognition> {
  const chosen = chooseFlow(call, module, "access");
  if (!chosen.ok) return chosen;
  const how = { touch: true, acts: !isSafe(call.request) };
  const principal = await chosen.value.flow.authenticate(call.flowRequest, how);
  if (principal.ok) return ok({ ...chosen.value, module, principal: principal.value });
  const detail = chosen.value.variant.means?.[principal.code];
  return { ...principal, ...(detail !== undefined && { detail }) };
}

/**
 * The role of the stored person decides, also if an older credential still names another: power over others is never
 * taken from a copy.
 */
export async function whoMay({ context }: Call, { principal }: Recognised): Promise<Result<LabContext>> {
  const live = await context?.people.find(principal.user.id);
  return context && live?.role === "admin" && !live.disabled ? ok(context) : refuse("FORBIDDEN");
}
