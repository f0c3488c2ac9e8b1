import type { CookieJar } from "../../core/cookie.ts";
import type { FlowModule } from "../../core/flow.ts";
import type { Grant } from "../../core/login.ts";
import { StoreUnavailable } from "../../core/store-unavailable.ts";
import type { Variant } from "../../core/variant.ts";
import { noContent } from "../../http/answers.ts";
import { jarIn } from "../../http/endpoint.ts";
import type { Answer, Call } from "../../http/operation.ts";
import type { Refusal } from "../../http/problem.ts";
import { createRequestJar } from "../../http/request/cookie-jar.ts";
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
  const shown = flowsShown(call, module);
  const flowRequest = { ...call.flowRequest, cookies: requestCookies(call.jar, module) };
  try {
    for (const { flow } of shown) await flow.logout(flowRequest);
  } catch (error) {
    if (error instanceof StoreUnavailable) return stillIn;
    throw error;
  }
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

/** The jar with the request's cookies: each flow deletes cookies that the next flow still has to read. */
function requestCookies(jar: CookieJar, { manifest }: FlowModule): CookieJar {
  const came = new Map(manifest.cookies.map(({ name }) => [name, jar.get(name)]));
  return { ...jar, get: (name) => came.get(name) };
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
    await flow.logout(flowRequest, "replaced");
  }
}
