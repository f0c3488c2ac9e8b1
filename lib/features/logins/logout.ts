import type { FlowModule } from "../../core/flow.ts";
import type { Grant } from "../../core/login.ts";
import type { FlowRequest } from "../../core/request.ts";
import { StoreUnavailable } from "../../core/store-unavailable.ts";
import type { Variant } from "../../core/variant.ts";
import { noContent } from "../../http/answers.ts";
import { jarIn } from "../../http/endpoint.ts";
import type { Answer, Call } from "../../http/operation.ts";
import type { Refusal } from "../../http/problem.ts";
import { createRequestJar, type RequestJar } from "../../http/request/cookie-jar.ts";
import { build, type Chosen, flowsShown } from "../../http/request/credential-of-request.ts";

const stillIn: Refusal = {
  ok: false,
  code: "STORE_UNAVAILABLE",
  detail:
    "You are still logged in: where this login is kept nobody answers, so it could not be ended. Try again in a moment.",
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
  for (const { name, ...attributes } of manifest.cookies) {
    // Of another lab, or of a variant that this one does not take.
    if (call.jar.get(name)) call.jar.set(name, "", { ...attributes, maxAge: 0 });
    call.jar.forgetElsewhere(name, attributes);
  }
  const response = noContent();
  // Deletes all of the origin's browser data (ASVS 14.3.1). In lab mode that would delete the other flows' logins and
  // the lab cookie, so there it is left out.
  if (!call.app.labMode) response.headers.set("clear-site-data", '"cookies", "storage"');
  return response;
}

/**
 * Ends a new login that is not delivered, because the previous one could not be ended. Variants that revoke by version
 * are skipped: raising the version would end the person's other logins too, and nobody holds the new credential.
 */
export async function takeBack(
  call: Call,
  { flow, variant }: Chosen,
  { accessToken, refreshToken }: Grant,
): Promise<void> {
  if (variant.settings.store === undefined || variant.settings.revocation === "user-version") return;
  const { bearer: _, refreshToken: __, ...rest } = call.flowRequest;
  const given = {
    ...rest,
    ...(accessToken && { bearer: accessToken.value }),
    ...(refreshToken && { refreshToken: refreshToken.value }),
  };
  await flow.logout(given, "replaced").catch(call.app.report);
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
function requestsIn({ flowRequest }: Call, jar: RequestJar, { manifest }: FlowModule): readonly FlowRequest[] {
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

/**
 * Ends the browser's previous logins in this flow, if another variant made them. The new login's flow ends a login that
 * it can find itself. A login in another store, or with another proof, is ended here by its own variant. Variants that
 * revoke by version are skipped: raising the version would end the new login too.
 * Throws `StoreUnavailable` if one cannot be ended: the browser would have two logins, and show only one of them.
 */
export async function endAsItWasKept(call: Call, module: FlowModule, now: Variant): Promise<void> {
  // The request's cookies, before the new login replaced them.
  const sent = jarIn(call.context, call.app, createRequestJar(call.request.headers.get("cookie")));
  const requests = requestsIn(call, sent, module);
  for (const { bearer: _, ...flowRequest } of requests) {
    if (!module.manifest.cookies.some(({ name }) => flowRequest.cookies.get(name))) continue;
    // Only the cookies: a header belongs to another client.
    const before: Call = { ...call, flowRequest, about: { ...call.about } };
    for (const { flow, variant } of flowsShown(before, module)) {
      if (isLeft(variant, now, requests.length > 1)) await flow.logout(flowRequest, "replaced");
    }
  }
  for (const { name, ...attributes } of module.manifest.cookies) call.jar.forgetElsewhere(name, attributes);
}

/**
 * Does a login of this variant go on beside the new one, although it could be ended? The new login's flow has ended one
 * that it keeps in the same way, and of several cookies of a name it has read one.
 */
function isLeft({ settings, cannot }: Variant, now: Variant, several: boolean): boolean {
  const { store, proof, revocation, id, logout: way } = settings;
  if (revocation === "user-version" || cannot.list !== undefined) return false;
  if (several) return way !== "forgets";
  // A flow with signed ids does not look up an unsigned one, although the store is the same.
  const found = store === now.settings.store && proof === now.settings.proof && id === now.settings.id;
  return store !== undefined && !found;
}
