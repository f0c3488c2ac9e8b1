import type { FlowModule } from "../../core/flow.ts";
import type { Grant } from "../../core/login.ts";
import type { FlowRequest } from "../../core/request.ts";
import type { Variant } from "../../core/variant.ts";
import { jarIn } from "../../http/endpoint.ts";
import { unlessUnavailable } from "../../http/live-logins.ts";
import type { Call } from "../../http/operation.ts";
import { createRequestJar } from "../../http/request/cookie-jar.ts";
import { build, type Chosen, flowsShown } from "../../http/request/credential-of-request.ts";
import { requestsIn } from "./logout.ts";

/** A login of a browser that another variant of the flow made, or another cookie of the same name leads to. */
type EarlierLogin = Pick<Chosen, "flow"> & {
  readonly flowRequest: FlowRequest;
  /** As the new login's request found it. */
  readonly isLive: boolean;
};

/**
 * The logins that the new login's flow does not find itself: in another store, with another proof, or behind another of
 * several cookies of one name. Variants that revoke by version are left out: raising the version would end the new
 * login too. Asked before the password is checked, which takes long.
 */
export async function earlierLogins(
  call: Call,
  module: FlowModule,
  { variant: now }: Chosen,
): Promise<readonly EarlierLogin[]> {
  // The request's cookies, before the new login replaces them.
  const sent = jarIn(call.context, call.app, createRequestJar(call.request.headers.get("cookie")));
  const requests = requestsIn(call, sent, module);
  // Only the cookies: a header belongs to another client.
  const left = requests.flatMap(({ bearer: _, ...flowRequest }) => {
    if (!module.manifest.cookies.some(({ name }) => flowRequest.cookies.get(name))) return [];
    const before: Call = { ...call, flowRequest, about: { ...call.about } };
    const shown = flowsShown(before, module).filter(({ variant }) => isLeft(variant, now, requests.length > 1));
    return shown.map((each) => ({ ...each, before }));
  });
  // Two variants can keep their records in one place. The new flow finds such a login, and replaces it itself.
  const own = left.length > 0 ? await recordBehind(call, module, now) : null;
  const found: EarlierLogin[] = [];
  for (const { flow, variant, before } of left) {
    const record = await recordBehind(before, module, variant);
    const { flowRequest } = before;
    if (record === null || record !== own) found.push({ flow, flowRequest, isLive: record !== null });
  }
  return found;
}

/**
 * The live login that this variant's flow finds behind the request, by its record's id; `null`: none. To look is no step
 * of the login, so it is not shown as one.
 */
async function recordBehind(before: Call, module: FlowModule, { id }: Variant): Promise<string | null> {
  const unseen =
    before.context && build({ ...before, about: { ...before.about }, trace: null }, before.context, module, id);
  if (!unseen?.ok) return null;
  const { flow } = unseen.value;
  const look = flow.look ?? flow.authenticate;
  const looked = await look(before.flowRequest, { touch: false }).catch(unlessUnavailable);
  return looked !== "unavailable" && looked.ok ? (looked.value.recordId ?? "") : null;
}

/**
 * Does a login of this variant go on beside the new one, although it could be ended? The new login's flow ends one that
 * it keeps in the same way, and of several cookies of a name it reads one.
 */
function isLeft({ settings, cannot }: Variant, now: Variant, several: boolean): boolean {
  const { store, proof, revocation, id, logout: way } = settings;
  if (revocation === "user-version" || cannot.list !== undefined) return false;
  if (several) return way !== "forgets";
  // A flow with signed ids does not look up an unsigned one, although the store is the same.
  const isFound = store === now.settings.store && proof === now.settings.proof && id === now.settings.id;
  return store !== undefined && !isFound;
}

/** A new login, whose answer is not sent yet. `setsCookies`: its client is a browser. */
type Made = { readonly chosen: Chosen; readonly grant: Grant; readonly setsCookies: boolean };

/** Runs what is left of a login. If that breaks, the new login is ended: nobody will hold its credential. */
export async function orTakenBack<T>(call: Call, { chosen, grant }: Made, rest: () => Promise<T>): Promise<T> {
  try {
    return await rest();
  } catch (error) {
    await takeBack(call, chosen, grant);
    throw error;
  }
}

/**
 * Ends them in favour of the new login. One that sets cookies deletes the flow's cookies at the other places where this
 * lab has set them; another client keeps what the browser has. False: they were live, and another login of this browser
 * took their place meanwhile. Then the new login is ended again: the browser would have two, and show only one of them.
 * Throws `StoreUnavailable` where one cannot be ended.
 */
export async function replaceEarlier(
  call: Call,
  module: FlowModule,
  earlier: readonly EarlierLogin[],
  made: Made,
): Promise<boolean> {
  let rival = false;
  for (const { flow, flowRequest, isLive: wasLive } of earlier) {
    if (isAdopted(call, module, flowRequest)) continue;
    const ended = await flow.logout(flowRequest, "replaced");
    if (!ended.ok && wasLive) rival = true;
  }
  if (rival) await takeBack(call, made.chosen, made.grant);
  else if (made.setsCookies)
    for (const { name, ...attributes } of module.manifest.cookies) call.jar.forgetElsewhere(name, attributes);
  return !rival;
}

/** In a lab with `adoptSentId` the new login can have the id of one of these cookies. */
function isAdopted({ jar, context }: Call, { manifest }: FlowModule, { cookies }: FlowRequest): boolean {
  if (!context?.lab.settings.adoptSentId) return false;
  return manifest.cookies.some(({ name }) => {
    const sent = cookies.get(name)?.value;
    return sent !== undefined && sent === jar.get(name)?.value;
  });
}

/**
 * Ends a new login that is not delivered. Variants that revoke by version are skipped: raising the version would end
 * the person's other logins too, and nobody holds the new credential.
 */
async function takeBack(call: Call, { flow, variant }: Chosen, { accessToken, refreshToken }: Grant): Promise<void> {
  if (variant.settings.store === undefined || variant.settings.revocation === "user-version") return;
  const { bearer: _, refreshToken: __, ...rest } = call.flowRequest;
  const given = {
    ...rest,
    ...(accessToken && { bearer: accessToken.value }),
    ...(refreshToken && { refreshToken: refreshToken.value }),
  };
  await flow.logout(given, "replaced").catch(call.app.report);
}
