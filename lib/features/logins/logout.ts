import type { FlowModule } from "../../core/flow.ts";
import type { FlowRequest } from "../../core/request.ts";
import { StoreUnavailable } from "../../core/store-unavailable.ts";
import { noContent } from "../../http/answers.ts";
import { forgetCookies } from "../../http/forget-cookies.ts";
import type { Answer, Call } from "../../http/operation.ts";
import type { Refusal } from "../../http/problem.ts";
import type { RequestJar } from "../../http/request/cookie-jar.ts";
import { build, flowsShown } from "../../http/request/credential-of-request.ts";

const stillIn: Refusal = {
  ok: false,
  code: "STORE_UNAVAILABLE",
  detail:
    "You are still logged in: the store of this login does not answer, so it was not ended. Try again in a moment.",
};

/**
 * Ends the login of each credential of this flow on the request, in header, body and cookies. The answer says logged
 * out only if none of them is still accepted. Succeeds also without a login, with a credential that no longer counts,
 * or in a lab that is gone: afterwards the client is logged out (NIST 5.1 logout, WSTG-SESS-06).
 */
export async function logout(call: Call, module: FlowModule): Promise<Answer> {
  const { manifest } = module;
  call.about.flow = manifest.id;
  let ended = 0;
  try {
    for (const flowRequest of requestsIn(call, call.jar, module)) {
      const shown = flowsShown({ ...call, flowRequest }, module);
      for (const { flow } of shown) await flow.logout(flowRequest);
      ended += shown.length;
    }
  } catch (error) {
    if (error instanceof StoreUnavailable) return stillIn;
    throw error;
  }
  if (ended === 0) await logOutNobody(call, module);
  else call.about.plug = { kind: "log-out", flow: manifest.id, which: "own" };
  // Of another lab, or of a variant that this one does not take.
  forgetCookies(call.jar, manifest);
  const response = noContent();
  // Deletes what scripts of the origin have stored (ASVS 14.3.1). The flow's cookies are deleted by name: with all of
  // them the browser would lose the other flows' logins, and that it is a known device. In lab mode pages of the other
  // flows keep tokens there.
  if (!call.app.labMode) response.headers.set("clear-site-data", '"storage"');
  return response;
}

/** Without a credential of this lab, the default variant clears what its client holds. */
async function logOutNobody(call: Call, module: FlowModule): Promise<void> {
  const usual = call.context && build(call, call.context, module, null);
  if (usual?.ok) await usual.value.flow.logout(call.flowRequest);
}

/**
 * The request, once for each of several cookies of one name: a flow reads one of a name. Header and body come with the
 * first. A flow deletes cookies that the next flow still has to read, so each sees those that came.
 */
export function requestsIn({ flowRequest }: Call, jar: RequestJar, { manifest }: FlowModule): readonly FlowRequest[] {
  const came = new Map(manifest.cookies.map(({ name }) => [name, jar.everSet(name)]));
  const most = Math.max(1, ...[...came.values()].map(({ length }) => length));
  const { bearer: _, refreshToken: __, ...others } = flowRequest;
  return Array.from({ length: most }, (___, at) => {
    const get = (name: string) => {
      const value = came.get(name)?.[at];
      return value === undefined ? undefined : { name, value };
    };
    return { ...(at === 0 ? flowRequest : others), cookies: { ...jar, get } };
  });
}
