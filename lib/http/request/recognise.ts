import { cookiesOf, takesBearer } from "../../core/credential.ts";
import type { FlowModule } from "../../core/flow.ts";
import type { Principal } from "../../core/login.ts";
import type { RefusalCode } from "../../core/refusal.ts";
import { ok, type Result, refuse } from "../../core/result.ts";
import type { LabContext } from "../application.ts";
import type { Call } from "../operation.ts";
import { type Chosen, chooseFlow } from "./credential-of-request.ts";

export type Recognised = Chosen & { readonly module: FlowModule; readonly principal: Principal };

/**
 * Authenticates a request by any flow's credential. If there is an `Authorization: Bearer` header, it decides alone;
 * otherwise the cookies do. Cookies of two people are refused.
 */
export async function recognise(call: Call): Promise<Result<Recognised>> {
  const byHeader = call.flowRequest.bearer !== undefined;
  const asked = call.app.flows.filter(({ manifest }) =>
    byHeader ? takesBearer(manifest) : cookiesOf(manifest, "access").length > 0,
  );
  const found: Recognised[] = [];
  let refusal: RefusalCode = "NO_CREDENTIAL";
  for (const module of asked) {
    const answer = await ask(call, module);
    if (answer.ok) found.push(answer.value);
    // Other flows would only call the token invalid; its own flow gives the better refusal.
    else if (refusal === "NO_CREDENTIAL" || (refusal === "INVALID_CREDENTIAL" && answer.code !== "NO_CREDENTIAL"))
      refusal = answer.code;
  }
  const [first] = found;
  if (!first) return refuse(refusal);
  call.about.flow = first.module.manifest.id;
  call.about.variant = first.variant.id;
  const same = found.every(({ principal }) => principal.user.id === first.principal.user.id);
  return same ? ok(first) : refuse("AMBIGUOUS_CREDENTIALS");
}

async function ask(call: Call, module: FlowModule): Promise<Result<Recognised>> {
  const chosen = chooseFlow(call, module, "access");
  if (!chosen.ok) return chosen;
  const principal = await chosen.value.flow.authenticate(call.flowRequest);
  return principal.ok ? ok({ ...chosen.value, module, principal: principal.value }) : principal;
}

/**
 * The role of the stored person decides, also if an older credential still names another: power over others is never
 * taken from a copy.
 */
export async function whoMay({ context }: Call, { principal }: Recognised): Promise<Result<LabContext>> {
  const live = await context?.people.find(principal.user.id);
  return context && live?.role === "admin" && !live.disabled ? ok(context) : refuse("FORBIDDEN");
}
