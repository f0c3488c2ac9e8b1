import type { z } from "zod";
import type { FlowModule } from "../../core/flow.ts";
import type { Variant } from "../../core/variant.ts";
import { grantBody, refused } from "../../http/answers.ts";
import type { LabContext } from "../../http/application.ts";
import type { Answer, Call } from "../../http/operation.ts";
import { rememberDevice } from "../../http/password-attempts/device-cookie.ts";
import { reserveAttempt } from "../../http/password-attempts/reserve-attempt.ts";
import { json } from "../../http/problem.ts";
import { build } from "../../http/request/credential-of-request.ts";
import type { loginBody } from "../../http/request/flow-bodies.ts";
import { capEverywhere } from "./cap-everywhere.ts";
import { earlierLogins, orTakenBack, replaceEarlier } from "./earlier-logins.ts";
import { noteParallelLogin } from "./parallel-login.ts";
import { loginRefused } from "./refused.ts";

type LoginCall = Call<z.infer<typeof loginBody>>;

/** Verifies the password, lets the flow begin a login, and ends those that it takes the place of. */
export async function login(call: LoginCall, module: FlowModule): Promise<Answer> {
  const { context, client, body } = call;
  if (!context) return { ok: false, code: "NOT_FOUND" };
  const { manifest } = module;
  call.about.flow = manifest.id;
  const asked = variantAskedFor(call, context, module);
  if (!asked.ok) return asked;
  const variant = asked.value;

  // Counted for all flows together (ASVS 6.3.1, 6.3.4; NIST 3.2.2).
  const attempt = await reserveAttempt(call, context, body.username);
  if (attempt.refused) return attempt.refused;

  const chosen = build(call, context, module, variant.id);
  if (!chosen.ok) return chosen;
  const { username, password, remember = false, client: kind = "browser" } = body;
  const earlier = await earlierLogins(call, module, chosen.value);
  // These end after the new login has begun, and its flow would count them. The cap waits until they have ended.
  const beginning = build(call, context, module, variant.id, { uncapped: earlier.length > 0 });
  if (!beginning.ok) return beginning;
  // Before anything is issued: a logout has to delete the new cookie at its place.
  await context.rememberPlace(manifest.id);
  const grant = await attempt.verify(() =>
    beginning.value.flow.login(call.flowRequest, { username, password }, { remember, client: kind }),
  );
  if (!grant.ok) {
    // The flow itself logs a successful login (ASVS 16.3.1).
    const event = loginRefused(grant.code, await context.tried(username));
    context.audit(event, { client, flow: manifest.id, variant: variant.id });
    // The password was right.
    if (grant.code === "UNPROCESSABLE" || grant.code === "SUPERSEDED") await attempt.giveBack();
    return refused(module, grant.code);
  }
  await attempt.giveBack();
  const made = { chosen: beginning.value, grant: grant.value, setsCookies: kind === "browser" };
  const accepting = await orTakenBack(call, made, () => context.enable(variant.id));
  const isFirst = await orTakenBack(call, made, () => replaceEarlier(call, module, earlier, made));
  if (!isFirst) return refused(module, "SUPERSEDED");
  await capEverywhere(call, accepting, module, grant.value);
  await noteParallelLogin(call, context, grant.value, variant.id);
  if (made.setsCookies) await rememberDevice(context, call.jar, username);
  // A native client's tokens are in no browser.
  if (made.setsCookies) call.about.handed = { grant: grant.value, begins: true };
  return json(grantBody(grant.value, module, variant));
}

/** The variant of this flow that the body asks for, or the lab's default, if this server offers it to this client. */
function variantAskedFor(
  { app, body }: LoginCall,
  context: LabContext,
  { manifest }: FlowModule,
): { readonly ok: true; readonly value: Variant } | Extract<Answer, { ok: false }> {
  const id = body.variant?.includes("/") === false ? `${manifest.id}/${body.variant}` : body.variant;
  const offered = manifest.variants.filter(({ safety }) => safety !== "unsafe" || app.labMode);
  const variant = offered.find((each) => each.id === (id ?? context.defaultVariant(manifest.id)));
  const needed = [...app.missing].find(([missing]) => missing === id)?.[1];
  if (needed) return { ok: false, code: "UNPROCESSABLE", detail: `variant: ${needed}` };
  if (!variant) {
    const known = offered.map((each) => each.id).join(", ");
    return { ok: false, code: "UNPROCESSABLE", detail: `variant: this flow has ${known}.` };
  }
  if (body.client === "native" && variant.native !== true) {
    return { ok: false, code: "UNPROCESSABLE", detail: `client: ${onlyForBrowsers(variant)}` };
  }
  return { ok: true, value: variant };
}

function onlyForBrowsers({ settings, holds }: Variant): string {
  const inCookies = holds.every(({ travels }) => travels === "cookie");
  if (settings.storage === undefined || inCookies)
    return "what this variant gives lives in cookies, so its client is a browser.";
  return "this variant is about where a page keeps its tokens, so its client is a browser.";
}
