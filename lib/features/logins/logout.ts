import type { CookieJar } from "../../core/cookie.ts";
import type { FlowModule } from "../../core/flow.ts";
import { StoreUnavailable } from "../../core/store-unavailable.ts";
import type { Variant } from "../../core/variant.ts";
import { noContent } from "../../http/answers.ts";
import { jarIn } from "../../http/endpoint.ts";
import type { Answer, Call } from "../../http/operation.ts";
import { createRequestJar } from "../../http/request/cookie-jar.ts";
import { build, flowsShown } from "../../http/request/credential-of-request.ts";

/**
 * Ends the login of each credential of this flow on the request, in header, body and cookies: the answer says logged out
 * only if none of them is still accepted. Succeeds also without a login, with a credential that no longer counts, or in
 * a lab that is gone: afterwards the client is logged out (NIST 5.1 logout, WSTG-SESS-06).
 */
export async function logout(call: Call, module: FlowModule): Promise<Answer> {
  const { manifest } = module;
  call.about.flow = manifest.id;
  const shown = flowsShown(call, module);
  const flowRequest = { ...call.flowRequest, cookies: requestCookies(call.jar, module) };
  for (const { flow } of shown) await flow.logout(flowRequest);
  if (shown.length === 0) await logOutNobody(call, module);
  // Of another lab, or of a variant that this one does not take.
  for (const { name, ...attributes } of manifest.cookies) {
    if (call.jar.get(name)) call.jar.set(name, "", { ...attributes, maxAge: 0 });
  }
  const response = noContent();
  // Deletes all of the origin's browser data (ASVS 14.3.1). In lab mode that would delete the other flows' logins and
  // the lab cookie, so there it is left out.
  if (!call.app.labMode) response.headers.set("clear-site-data", '"cookies", "storage"');
  return response;
}

/** Without a credential of this lab, the default variant clears what its client holds. */
async function logOutNobody(call: Call, module: FlowModule): Promise<void> {
  const usual = call.context && build(call, call.context, module, null);
  if (usual?.ok) await usual.value.flow.logout(call.flowRequest);
}

/** The jar with the request's cookies: each flow deletes cookies that the next flow still has to read. */
function requestCookies(jar: CookieJar, { manifest }: FlowModule): CookieJar {
  const came = new Map(manifest.cookies.map(({ name }) => [name, jar.get(name)]));
  return { get: (name) => came.get(name), set: (name, value, attributes) => jar.set(name, value, attributes) };
}

/**
 * Ends the browser's previous logins in this flow, if another variant made them. The new login's flow ends a login that
 * it can find itself. A login in another store, or with another proof, is ended here by its own variant. Variants that
 * revoke by version are skipped: raising the version would end the new login too.
 */
export async function endAsItWasKept(call: Call, module: FlowModule, now: Variant): Promise<void> {
  // The request's cookies, before the new login replaced them.
  const sent = jarIn(call.context, call.app, createRequestJar(call.request.headers.get("cookie")));
  const cookies = requestCookies(sent, module);
  if (!module.manifest.cookies.some(({ name }) => cookies.get(name))) return;
  // Only the cookies: a header belongs to another client.
  const { bearer: _, ...flowRequest } = { ...call.flowRequest, cookies };
  const before: Call = { ...call, flowRequest, about: { ...call.about } };
  for (const { flow, variant } of flowsShown(before, module)) {
    const { store, proof, revocation, id } = variant.settings;
    // A flow with signed ids does not look up an unsigned one, although the store is the same.
    const found = store === now.settings.store && proof === now.settings.proof && id === now.settings.id;
    if (store === undefined || found || revocation === "user-version") continue;
    // The new login is valid. If the old login's store is down, it stays there: a person must be able to leave a store
    // that is down.
    await flow.logout(flowRequest, "replaced").catch((error: unknown) => {
      if (!(error instanceof StoreUnavailable)) throw error;
      call.app.report(error);
    });
  }
}
