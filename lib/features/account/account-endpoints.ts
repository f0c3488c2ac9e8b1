import { z } from "zod";
import { provesByHeader } from "../../core/credential.ts";
import type { FlowModule } from "../../core/flow.ts";
import { grantBody, noContent } from "../../http/answers.ts";
import { forgetCookies, goesByCookies } from "../../http/forget-cookies.ts";
import { unlessUnavailable } from "../../http/live-logins.ts";
import { asJson } from "../../http/openapi/content.ts";
import { grant, identity } from "../../http/openapi/shapes.ts";
import { type Answer, type Call, type Endpoints, operation } from "../../http/operation.ts";
import { deviceCookie } from "../../http/password-attempts/device-cookie.ts";
import { reserveAttempt } from "../../http/password-attempts/reserve-attempt.ts";
import { json, unauthorized } from "../../http/problem.ts";
import { recognise } from "../../http/request/recognise.ts";
import { shortText } from "../../http/request/text.ts";

/** A password change needs the current password (ASVS 6.2.2, 6.2.3). */
const passwordBody = z.strictObject({ current: shortText, next: shortText });

/** The account of the caller, recognised by the credential of any flow. */
export const accountEndpoints: Endpoints = {
  "user-info": {
    GET: {
      summary: "Who asks, by whichever flow's credential",
      by: "any-login",
      lab: "named",
      answers: { 200: [asJson(z.strictObject({ user: identity, authType: z.string() }))] },
      run: userInfo,
    },
  },
  "account/password": {
    POST: operation({
      summary: "Change the password",
      description:
        "Ends every other login. A native client is answered a grant with its new tokens. Where this login could not be issued anew: 204, and its cookies are deleted.",
      by: "any-login",
      reads: deviceCookie.name,
      lab: "named",
      body: passwordBody,
      answers: { 200: [asJson(grant)], 204: [] },
      refuses: ["BAD_CREDENTIALS", "TOO_MANY_REQUESTS", "OVERLOADED"],
      run: changePassword,
    }),
  },
};

/** The password was changed and this login ended with the others. No new one was issued, so its cookies are deleted. */
function changedWithoutLogin({ jar, flowRequest }: Call, { manifest }: FlowModule): Answer {
  if (goesByCookies(flowRequest, manifest)) forgetCookies(jar, manifest);
  return noContent();
}

async function userInfo(call: Call): Promise<Answer> {
  const recognised = await recognise(call);
  if (!recognised.ok) return unauthorized(recognised.code, { bearer: true }, recognised.detail);
  const { principal, module } = recognised.value;
  return json({ user: principal.user, authType: module.manifest.id });
}

/**
 * Stores the new hash and raises the person's version in every flow, in one transaction. Variants that ask for the
 * version then refuse all earlier credentials (ASVS 7.4.3, RFC 9700 §4.14.2 events). The login that asked gets a new
 * credential.
 */
async function changePassword(call: Call<z.infer<typeof passwordBody>>): Promise<Answer> {
  const { app, context, client } = call;
  const recognised = await recognise(call);
  if (!recognised.ok) return unauthorized(recognised.code, { bearer: true }, recognised.detail);
  const { principal, module, flow, variant } = recognised.value;
  const person = await context?.people.find(principal.user.id);
  // The stored person, since an older credential may still name an earlier role.
  if (!context || !person || person.disabled) return unauthorized("REVOKED", { bearer: true });

  const attempt = await reserveAttempt(call, context, person.username);
  if (attempt.refused) return attempt.refused;
  const { current, next } = call.body;
  const from = { client, flow: module.manifest.id, variant: variant.id };
  const wrongPassword = () => {
    context.audit({ type: "password-change-refused", userId: person.id, detail: "BAD_CREDENTIALS" }, from);
    return unauthorized("BAD_CREDENTIALS", { bearer: true });
  };
  if (!(await attempt.verify(() => app.passwords.verify(person.passwordHash, current)))) return wrongPassword();
  await attempt.giveBack();
  const objection = app.passwords.objection(next);
  if (objection) return { ok: false, code: "UNPROCESSABLE", detail: `next: ${objection}` };

  const nextHash = await attempt.verify(() => app.passwords.hash(next));
  const flows = app.flows.map(({ manifest }) => manifest.id);
  const changed = await context.people.changePassword(person.id, {
    expectedHash: person.passwordHash,
    nextHash,
    flows,
  });
  if (!changed) return wrongPassword();
  context.audit({ type: "password-changed", userId: person.id }, from);
  call.about.plug = { kind: "change-password", user: person.id };
  const grant = await flow.reissue(call.flowRequest, principal).catch(unlessUnavailable);
  // Another login of this browser took its place, and the cookies are that one's.
  if (grant !== "unavailable" && !grant.ok && grant.code === "SUPERSEDED") return noContent();
  if (grant === "unavailable" || !grant.ok) return changedWithoutLogin(call, module);
  call.about.handed = { grant: grant.value, begins: false };
  // A client without a cookie jar has to be handed its new tokens.
  const { refreshToken, accessToken } = grant.value;
  const isNative = refreshToken !== undefined || (accessToken !== undefined && !provesByHeader(variant));
  return isNative ? json(grantBody(grant.value, module, variant)) : noContent();
}
