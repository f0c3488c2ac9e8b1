import { type CredentialKind, holdingOf } from "../../core/credential.ts";
import type { FlowModule } from "../../core/flow.ts";
import type { Principal } from "../../core/login.ts";
import type { Client, FlowRequest } from "../../core/request.ts";
import { type Result, refuse } from "../../core/result.ts";
import type { LabContext, StepRecorder } from "../application.ts";
import type { Call } from "../operation.ts";
import { addressOf, variantOf } from "./address.ts";
import { createRequestJar } from "./cookie-jar.ts";
import { chooseFlow } from "./credential-of-request.ts";

/** One credential, by itself: whose flow, which value, and who seems to send it. */
export type Shown = {
  readonly module: FlowModule;
  readonly credential: string;
  readonly as: CredentialKind;
  readonly client: Client;
};

/**
 * The flow's verdict on this credential alone. Looks only: extends, rotates and ends nothing. Throws `StoreUnavailable`
 * if its store does not answer.
 */
export async function lookAtCredential(
  context: LabContext,
  { module, credential, as, client }: Shown,
  trace: StepRecorder | null = null,
  about: Call["about"] = { flow: null, variant: null, toldIn: null },
): Promise<Result<Principal>> {
  const flowRequest = carrying(module, credential, as, client);
  const chosen = chooseFlow({ context, flowRequest, client, trace, about, ambiguous: new Set() }, module, as);
  if (!chosen.ok) return chosen;
  const { flow } = chosen.value;
  if (as === "access") return flow.authenticate(flowRequest, { touch: false });
  return (await flow.look?.(flowRequest, { touch: false, sender: client })) ?? refuse("NOT_SUPPORTED");
}

/** A request with this credential alone, in the place where its variant expects it. */
function carrying({ manifest }: FlowModule, value: string, as: CredentialKind, client: Client): FlowRequest {
  const cookies = createRequestJar(null);
  const address = addressOf(value);
  const id = address ? variantOf(manifest.id, address) : manifest.defaults.lab;
  const variant = manifest.variants.find((each) => each.id === id) ?? manifest.variants[0];
  const holding = holdingOf(variant, as) ?? variant.holds[0];
  if (holding.travels === "cookie") {
    // Any text is tried, also one that is longer than a cookie.
    cookies.choose(holding.cookie, value);
    return { cookies, client };
  }
  return { cookies, client, ...(holding.travels === "bearer" ? { bearer: value } : { refreshToken: value }) };
}
