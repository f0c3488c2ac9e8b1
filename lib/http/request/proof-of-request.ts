import type { FlowModule } from "../../core/flow.ts";
import type { RefusalCode } from "../../core/refusal.ts";
import type { Result } from "../../core/result.ts";
import { StoreUnavailable } from "../../core/store-unavailable.ts";
import type { LabContext } from "../application.ts";
import type { Call } from "../operation.ts";
import { flowsShown } from "./credential-of-request.ts";
import { labCookieOf } from "./lab-cookie.ts";

/** The refusals that leave open who sent a credential. Of one that is ended or expired it is known that it was made here. */
const undecided: ReadonlySet<RefusalCode> = new Set(["NO_CREDENTIAL", "INVALID_CREDENTIAL", "NOT_SUPPORTED"]);

/**
 * Did this request come with the lab's cookie, or with a credential of the lab that verified, be it expired or ended?
 * The lab's public id alone is in each of its tokens and addresses, so it proves nothing. Extends and ends nothing.
 * The call has its cookies as they were sent.
 */
export async function isProved(call: Call, context: LabContext): Promise<boolean> {
  const { app, flowRequest } = call;
  const cookie = labCookieOf(flowRequest.cookies);
  if (!app.labMode || (cookie !== null && app.labIdOf(cookie) === context.lab.id)) return true;
  const asking: Call = { ...call, context, trace: null, about: { ...call.about } };
  try {
    for (const module of app.flows) if (await hasProofFor(module, asking)) return true;
    const { bearer } = flowRequest;
    return bearer !== undefined && verified(await context.inside(null).verify(bearer));
  } catch (error) {
    if (error instanceof StoreUnavailable) return false;
    throw error;
  }
}

async function hasProofFor(module: FlowModule, call: Call): Promise<boolean> {
  for (const { flow, variant } of flowsShown(call, module)) {
    // Anybody can write such a cookie.
    if (variant.settings.encoding === "plain") continue;
    if (verified(await flow.authenticate(call.flowRequest, { touch: false }))) return true;
    if (verified(await flow.look?.(call.flowRequest))) return true;
  }
  return false;
}

function verified(result: Result<unknown> | undefined): boolean {
  return result !== undefined && (result.ok || !undecided.has(result.code));
}
