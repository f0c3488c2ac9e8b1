import { type CredentialKind, cookiesOf, headerDecides, takesBearer } from "../../core/credential.ts";
import type { AuthFlow, FlowModule } from "../../core/flow.ts";
import type { VariantId } from "../../core/ids.ts";
import { ok, type Refused, type Result, refuse } from "../../core/result.ts";
import type { Variant } from "../../core/variant.ts";
import type { FlowContext, LabContext } from "../application.ts";
import type { Call } from "../operation.ts";
import { addressOf, variantOf } from "./address.ts";

/** What choosing a flow reads of a call. A look at a kept copy has no request of its own. */
export type Asking = Pick<Call, "context" | "flowRequest" | "ambiguous" | "client" | "trace" | "about">;

export type Chosen = { readonly flow: AuthFlow; readonly variant: Variant };

/**
 * The flow of this request's credential, built for its variant. The credential names the variant. Only variants that
 * this lab has enabled count, so a client cannot downgrade a login, or present a credential as another variant's
 * (WSTG-SESS-08). AMBIGUOUS_CREDENTIALS for two people's cookies of one name. INVALID_CREDENTIAL for a credential of another lab or of a variant that this lab does not accept.
 */
export function chooseFlow(call: Asking, module: FlowModule, kind: CredentialKind): Result<Chosen> {
  const { credential, byHeader, cookie } = credentialOf(call, module, kind);
  call.about.flow = module.manifest.id;
  // A header without a bearer token decides as well: there is no credential, even if cookies came along.
  if (byHeader && !credential) return refuse("NO_CREDENTIAL");
  if (cookie && call.ambiguous.has(cookie)) return refuse("AMBIGUOUS_CREDENTIALS");
  // Without a credential, the default variant itself refuses with NO_CREDENTIAL.
  if (!credential) return call.context ? build(call, call.context, module, null) : refuse("NO_CREDENTIAL");
  const built = builtFor(call, module, credential);
  // This variant's credentials travel in cookies, so a header is refused, also beside a good cookie.
  if (built.ok && byHeader && !takesBearer({ variants: [built.value.variant] })) return refuse("INVALID_CREDENTIAL");
  return built;
}

/**
 * The flow of each credential on this request, in header, body and cookies, each variant once: those that a logout
 * asks. Empty if no credential is of this lab and of a variant that it accepts.
 */
export function flowsShown(call: Asking, module: FlowModule): readonly Chosen[] {
  const { flowRequest } = call;
  const { manifest } = module;
  const inCookies = manifest.cookies.map(({ name }) => flowRequest.cookies.get(name)?.value);
  const sent = [takesBearer(manifest) ? flowRequest.bearer : undefined, flowRequest.refreshToken, ...inCookies];
  const chosen = new Map<VariantId, Chosen>();
  // The exchange is shown with the first of them.
  for (const credential of sent.flatMap((each) => each || [])) {
    const about = chosen.size === 0 ? call.about : { ...call.about };
    const built = builtFor({ ...call, about }, module, credential);
    if (built.ok && !chosen.has(built.value.variant.id)) chosen.set(built.value.variant.id, built.value);
  }
  return [...chosen.values()];
}

/** The flow of the variant that a credential names, if the credential is of this lab and its variant is accepted. */
function builtFor(call: Asking, module: FlowModule, credential: string): Result<Chosen> {
  const address = addressOf(credential);
  if (!call.context || address?.labId !== call.context.lab.id) return misaddressed(call, "lab");
  const variant = variantOf(module.manifest.id, address);
  if (!call.context.lab.enabled.includes(variant)) return misaddressed(call, "variant");
  return build(call, call.context, module, variant);
}

/** No port is called here, so the trace gets this step from the edge. */
function misaddressed({ trace }: Asking, at: "lab" | "variant"): Refused {
  const refusal = refuse("INVALID_CREDENTIAL", at);
  trace?.refused("address", refusal);
  return refusal;
}

export function build(
  call: Asking,
  context: LabContext,
  module: FlowModule,
  id: VariantId | null,
  how: Pick<FlowContext, "uncapped"> = {},
): Result<Chosen> {
  const wanted = id ?? context.defaultVariant(module.manifest.id);
  const variant = module.manifest.variants.find((each) => each.id === wanted);
  if (!variant) return refuse("INVALID_CREDENTIAL");
  call.about.flow = module.manifest.id;
  call.about.variant = variant.id;
  return ok({ flow: context.flow(variant.id, { client: call.client, trace: call.trace, ...how }), variant });
}

/** `cookie`: the name of the cookie that it is in. */
type Shown = { readonly credential: string | undefined; readonly byHeader: boolean; readonly cookie?: string };

/** Does a refresh go by a cookie of this lab? A header and a body are another client's, whose cookies stay. */
export function renewsByCookie(call: Asking, module: FlowModule): boolean {
  const { credential, byHeader } = credentialOf(call, module, "refresh");
  if (!credential || byHeader || call.flowRequest.refreshToken !== undefined || !call.context) return false;
  return addressOf(credential)?.labId === call.context.lab.id;
}

/** The credential that this flow would read, in the flow's own order. */
function credentialOf({ flowRequest }: Asking, { manifest }: FlowModule, kind: CredentialKind): Shown {
  const inCookie = (of: "access" | "refresh"): Shown => {
    const cookie = cookiesOf(manifest, of).find((name) => flowRequest.cookies.get(name)?.value);
    return { credential: cookie && flowRequest.cookies.get(cookie)?.value, byHeader: false, ...(cookie && { cookie }) };
  };
  const { bearer, refreshToken } = flowRequest;
  const byHeader = bearer !== undefined && takesBearer(manifest);
  const access = byHeader ? { credential: bearer, byHeader } : inCookie("access");
  if (kind === "access" || (byHeader && headerDecides(manifest))) return access;
  const refresh = refreshToken ? { credential: refreshToken, byHeader: false } : inCookie("refresh");
  // A variant without a credential that renews is asked with the login itself, and its flow answers that it cannot
  // refresh.
  const renewsAlways = manifest.variants.every(({ cannot }) => cannot.refresh === undefined);
  return refresh.credential || renewsAlways ? refresh : access;
}
