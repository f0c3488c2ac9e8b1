import type { AuthFlow, FlowModule, Variant, VariantId } from "../core/flow.ts";
import { cookiesOf, holdingOf, takesBearer } from "../core/holding.ts";
import { ok, type Result, refuse } from "../core/result.ts";
import { addressOf, variantOf } from "./address.ts";
import type { World } from "./application.ts";
import type { Call } from "./endpoint.ts";

export type Chosen = { readonly flow: AuthFlow; readonly variant: Variant };

/**
 * The flow that this request's credential asks for, built for its variant. The credential names the
 * variant, and only variants that this lab has enabled count: so nobody downgrades a login.
 * INVALID_CREDENTIAL for a credential of another lab or of a variant this lab does not take.
 */
export function chooseFlow(call: Call, module: FlowModule, kind: "access" | "refresh" | "any"): Result<Chosen> {
  const credential = credentialOf(call, module, kind);
  call.about.flow = module.manifest.id;
  // Nothing to go by: the default variant will say so itself.
  if (!credential) return call.world ? build(call, call.world, module, null) : refuse("NO_CREDENTIAL");
  const address = addressOf(credential);
  if (!call.world || address?.labId !== call.world.lab.id) return refuse("INVALID_CREDENTIAL");
  const variant = variantOf(module.manifest.id, address);
  if (!call.world.lab.enabled.includes(variant)) return refuse("INVALID_CREDENTIAL");
  return build(call, call.world, module, variant);
}

export function build(call: Call, world: World, module: FlowModule, id: VariantId | null): Result<Chosen> {
  const wanted = id ?? world.defaultVariant(module.manifest.id);
  const variant = module.manifest.variants.find((each) => each.id === wanted);
  if (!variant) return refuse("INVALID_CREDENTIAL");
  call.about.flow = module.manifest.id;
  call.about.variant = variant.id;
  return ok({ flow: world.flow(variant.id, { client: call.client, trace: call.trace }), variant });
}

/** What this flow would look at, in the order it would. */
function credentialOf({ flowRequest }: Call, { manifest }: FlowModule, kind: "access" | "refresh" | "any") {
  const inCookie = (names: readonly string[]) =>
    names.map((name) => flowRequest.cookies.get(name)?.value).find(Boolean);
  const bearer = takesBearer(manifest) ? flowRequest.bearer : undefined;
  const access = bearer ?? inCookie(cookiesOf(manifest, "access"));
  if (kind === "access") return access;
  const refresh = flowRequest.refreshToken ?? inCookie(cookiesOf(manifest, "refresh"));
  // Where nothing renews a login, what is asked to be renewed is the login itself, and the flow says that it cannot.
  const renews = manifest.variants.some((variant) => holdingOf(variant, "refresh"));
  return kind === "refresh" && renews ? refresh : (refresh ?? access);
}
