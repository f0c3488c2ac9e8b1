import { z } from "zod";
import { acting, type FlowModule } from "../../core/flow.ts";
import type { Principal, RevokeTarget } from "../../core/login.ts";
import { nameAsKept } from "../../core/text/person-name.ts";
import type { Variant } from "../../core/variant.ts";
import { grantBody, notSupported, refused, sessionView, tooMany } from "../../http/answers.ts";
import { forgetCookies, goesByCookies } from "../../http/forget-cookies.ts";
import { liveLoginsOf } from "../../http/live-logins.ts";
import { asJson } from "../../http/openapi/content.ts";
import { grant, identity, instant, revokedAnswer, session, variantId } from "../../http/openapi/shapes.ts";
import { type Answer, type Call, type Endpoints, operation } from "../../http/operation.ts";
import { json } from "../../http/problem.ts";
import { build, chooseFlow } from "../../http/request/credential-of-request.ts";
import { loginBody, refreshBody, revokeBody } from "../../http/request/flow-bodies.ts";
import { networkOf } from "../../http/request/network.ts";
import { capEverywhere } from "./cap-everywhere.ts";
import { earlierLogins, orTakenBack, replaceEarlier } from "./earlier-logins.ts";
import { logout } from "./logout.ts";
import { noteParallelLogin } from "./parallel-login.ts";
import { loginRefused, refusedRefresh } from "./refused.ts";
import { revokeElsewhere } from "./revoke-elsewhere.ts";

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
          "Credentials come in Set-Cookie where a cookie holds them. Without a variant it is the flow's default.",
        lab: "start",
        body: loginBody,
        answers: { 200: [asJson(grant)] },
        refuses: ["BAD_CREDENTIALS", "SUPERSEDED"],
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

async function login(call: Call<z.infer<typeof loginBody>>, module: FlowModule): Promise<Answer> {
  const { app, context, client, body } = call;
  if (!context) return { ok: false, code: "NOT_FOUND" };
  const { manifest } = module;
  call.about.flow = manifest.id;
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

  const address = `${context.lab.id}|${networkOf(client.ip)}`;
  const keys = { person: `${address}|${nameAsKept(body.username)}`, address };
  // Counted for all flows together, and before the password is verified, so that concurrent guesses all count
  // (ASVS 6.3.1, 6.3.4; NIST 3.2.2).
  const fromAddress = await app.limits.loginAddress.reserve(keys.address);
  if (fromAddress.wait !== null) return tooMany(fromAddress.wait);
  const attempt = await app.limits.login.reserve(keys.person);
  if (attempt.wait !== null) {
    await fromAddress.giveBack();
    return tooMany(attempt.wait);
  }

  const chosen = build(call, context, module, variant.id);
  if (!chosen.ok) return chosen;
  const { username, password, remember = false, client: kind = "browser" } = body;
  const earlier = await earlierLogins(call, module, chosen.value);
  // These end after the new login has begun, and its flow would count them. The cap waits until they have ended.
  const beginning = build(call, context, module, variant.id, { uncapped: earlier.length > 0 });
  if (!beginning.ok) return beginning;
  // Before anything is issued: a logout has to delete the new cookie at its place.
  await context.rememberPlace(manifest.id);
  const grant = await beginning.value.flow.login(call.flowRequest, { username, password }, { remember, client: kind });
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
  return json(grantBody(grant.value, module, variant));
}

function onlyForBrowsers({ settings, holds }: Variant): string {
  const inCookies = holds.every(({ travels }) => travels === "cookie");
  if (settings.storage === undefined || inCookies)
    return "what this variant gives lives in cookies, so its client is a browser.";
  return "this variant is about where a page keeps its tokens, so its client is a browser.";
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

/**
 * Ends logins without asking for the password again (ASVS 7.5.2 reauthenticated): a thief could only cause a nuisance.
 */
async function revoke(call: Call<z.infer<typeof revokeBody>>, module: FlowModule): Promise<Answer> {
  const chosen = chooseFlow(call, module, "access");
  if (!chosen.ok) return refused(module, chosen.code);
  const { flow, variant } = chosen.value;
  const principal = await flow.authenticate(call.flowRequest, acting);
  if (!principal.ok) return refused(module, principal.code, chosen.value.variant);
  const target = { user: principal.value.user.id, ...call.body };
  const revoked = await flow.revoke?.(principal.value, target);
  if (!revoked) return notSupported(variant, "revoke");
  if (!revoked.ok) return revoked.code === "NOT_SUPPORTED" ? notSupported(variant, "revokeOne") : revoked;
  const asked = { variant, actor: principal.value, target, here: revoked.value };
  const elsewhere = await revokeElsewhere(call, module, asked);
  const { unanswered } = elsewhere;
  if (endsOwn(target, principal.value) && goesByCookies(call.flowRequest, module.manifest))
    forgetCookies(call.jar, module.manifest);
  return json({ revoked: revoked.value + elsewhere.revoked, ...(unanswered.length > 0 && { unanswered }) });
}

function endsOwn(target: RevokeTarget, { recordId }: Principal): boolean {
  return "session" in target ? target.session === recordId : target.scope !== "others";
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
