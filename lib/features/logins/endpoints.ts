import { z } from "zod";
import type { FlowModule } from "../../core/flow.ts";
import { grantBody, notSupported, refused, sessionView, tooMany } from "../../http/answers.ts";
import { liveLoginsOf } from "../../http/live-logins.ts";
import { asJson } from "../../http/openapi/content.ts";
import { grant, identity, instant, revokedAnswer, session, variantId } from "../../http/openapi/shapes.ts";
import { type Answer, type Call, type Endpoints, operation } from "../../http/operation.ts";
import { deviceCookie } from "../../http/password-attempts/device-cookie.ts";
import { json } from "../../http/problem.ts";
import { chooseFlow } from "../../http/request/credential-of-request.ts";
import { loginBody, refreshBody, revokeBody } from "../../http/request/flow-bodies.ts";
import { networkOf } from "../../http/request/network.ts";
import { login } from "./login.ts";
import { logout } from "./logout.ts";
import { refusedRefresh } from "./refused.ts";
import { revoke } from "./revoke.ts";

const sessionsAnswer = z.strictObject({
  sessions: z.array(session),
  unanswered: z.array(variantId).exactOptional(),
});

const meAnswer = z.strictObject({
  user: identity,
  flow: z.string(),
  variant: variantId,
  issuedAt: instant,
  expiresAt: instant,
});

/** The endpoints of one flow: login, me, refresh, logout, sessions, revoke. */
export function loginEndpoints(module: FlowModule): Endpoints {
  return {
    login: {
      POST: operation({
        summary: "Log in",
        description:
          "Credentials come in Set-Cookie where a cookie holds them, and with them that this browser is known. Without a variant it is the flow's default. Limited, and less so for a browser that is known.",
        lab: "start",
        reads: deviceCookie.name,
        body: loginBody,
        answers: { 200: [asJson(grant)] },
        refuses: ["BAD_CREDENTIALS", "SUPERSEDED", "TOO_MANY_REQUESTS", "OVERLOADED"],
        run: (call) => login(call, module),
      }),
    },
    me: {
      GET: {
        summary: "Who is logged in",
        by: "login",
        lab: "named",
        answers: { 200: [asJson(meAnswer)] },
        run: (call) => me(call, module),
      },
    },
    refresh: {
      POST: operation({
        summary: "Renew the login",
        description:
          "A native client sends its refresh token in the body. NOT_SUPPORTED where there is no refresh token. A final refusal of a cookie deletes the flow's cookies.",
        by: "renewal",
        lab: "named",
        body: refreshBody,
        answers: { 200: [asJson(grant)] },
        refuses: ["NOT_SUPPORTED", "TOO_MANY_REQUESTS"],
        run: (call) => refresh(call, module),
      }),
    },
    logout: {
      POST: operation({
        summary: "Log out",
        description:
          "Ends the login behind each credential of the flow that came along; also when nobody was logged in. A native client sends its refresh token in the body.",
        lab: "named",
        body: refreshBody,
        answers: { 204: [] },
        run: (call) => logout(call, module),
      }),
    },
    sessions: {
      GET: {
        summary: "The live logins of whoever asks",
        description:
          "NOT_SUPPORTED where the server cannot know. `unanswered` names variants whose store does not answer.",
        by: "login",
        lab: "named",
        answers: { 200: [asJson(sessionsAnswer)] },
        refuses: ["NOT_SUPPORTED"],
        run: (call) => sessions(call, module),
      },
    },
    revoke: {
      POST: operation({
        summary: "End logins of whoever asks",
        description:
          "NOT_SUPPORTED where the server cannot. `unanswered` names variants whose store does not answer. A revocation of the own login deletes its cookies.",
        by: "login",
        lab: "named",
        body: revokeBody,
        answers: { 200: [asJson(revokedAnswer)] },
        refuses: ["NOT_SUPPORTED"],
        run: (call) => revoke(call, module),
      }),
    },
  };
}

/** The flow judges the credential, here on the server, on every request (ASVS 7.2.1). */
async function me(call: Call, module: FlowModule): Promise<Answer> {
  const chosen = chooseFlow(call, module, "access");
  if (!chosen.ok) return refused(module, chosen.code);
  const principal = await chosen.value.flow.authenticate(call.flowRequest);
  if (!principal.ok) return refused(module, principal.code, chosen.value.variant);
  const { user, issuedAt, expiresAt } = principal.value;
  return json({
    user,
    flow: module.manifest.id,
    variant: chosen.value.variant.id,
    issuedAt: iso(issuedAt),
    expiresAt: iso(expiresAt),
  });
}

async function refresh(call: Call, module: FlowModule): Promise<Answer> {
  call.about.flow = module.manifest.id;
  const { wait } = await call.app.limits.refresh.reserve(`${call.context?.lab.id}|${networkOf(call.client.ip)}`);
  if (wait !== null) return tooMany(wait);
  const chosen = chooseFlow(call, module, "refresh");
  const { variants } = module.manifest;
  // An operation that no variant has is refused before the caller is authenticated: the answer is the same for all
  // callers.
  const variant = chosen.ok
    ? chosen.value.variant
    : variants.find((_, __, all) => all.every(({ cannot }) => cannot.refresh));
  if (variant?.cannot.refresh) return notSupported(variant, "refresh");
  if (!chosen.ok || !variant) return refusedRefresh(call, module, chosen.ok ? "NO_CREDENTIAL" : chosen.code);
  const grant = await chosen.value.flow.refresh?.(call.flowRequest);
  if (!grant) return notSupported(variant, "refresh");
  if (!grant.ok) return refusedRefresh(call, module, grant.code, variant);
  call.about.handed = { grant: grant.value, begins: false };
  return json(grantBody(grant.value, module, variant));
}

/** The caller's live logins, each with the id to end it by (ASVS 7.5.2, 10.4.9). */
async function sessions(call: Call, module: FlowModule): Promise<Answer> {
  const chosen = chooseFlow(call, module, "access");
  if (!chosen.ok) return refused(module, chosen.code);
  const { flow, variant } = chosen.value;
  const principal = await flow.authenticate(call.flowRequest);
  if (!principal.ok) return refused(module, principal.code, chosen.value.variant);
  if (!flow.list || !call.context) return notSupported(variant, "list");
  const { user, recordId } = principal.value;
  const { logins, unanswered } = await liveLoginsOf(call, call.context, user.id, [module]);
  const newestFirst = [...logins].sort((a, b) => b.createdAt - a.createdAt);
  return json({
    sessions: newestFirst.map((each) => sessionView(each, recordId)),
    ...(unanswered.length > 0 && { unanswered }),
  });
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
