import { z } from "zod";
import type { FlowModule } from "../../core/flow.ts";
import { refuse } from "../../core/result.ts";
import { refused } from "../../http/answers.ts";
import { asJson } from "../../http/openapi/content.ts";
import { identity, instant } from "../../http/openapi/shapes.ts";
import type { Answer, Call, Endpoints } from "../../http/operation.ts";
import { json, unauthorized } from "../../http/problem.ts";
import { chooseFlow } from "../../http/request/credential-of-request.ts";

const eventsLookedAt = 200;

const ordersAnswer = z.strictObject({
  subject: z.string(),
  orders: z.array(z.strictObject({ id: z.int(), at: instant, coins: z.string().nullable() })),
});

const gatewayAnswer = z.strictObject({
  user: identity,
  service: z.string(),
  answer: ordersAnswer,
  milliseconds: z.number(),
});

/** Of a flow that has a variant whose requests go further inside: the gateway's own address. */
export function gatewayEndpoints(module: FlowModule): Endpoints {
  const goesInside = module.manifest.variants.some(({ settings }) => settings.inside !== undefined);
  if (!goesInside) return {};
  return {
    orders: {
      GET: {
        summary: "What the service behind the gateway says, and what asking it cost",
        description: "NOT_SUPPORTED where a login goes no further.",
        by: "login",
        lab: "named",
        answers: { 200: [asJson(gatewayAnswer)] },
        refuses: ["NOT_SUPPORTED"],
        run: (call) => throughGateway(call, module),
      },
    },
  };
}

/** The service behind the gateway. It has no logins of its own, and takes no cookie. */
export const serviceEndpoints: Endpoints = {
  "services/orders": {
    GET: {
      summary: "The service behind the gateway",
      description: "Takes the gateway's own token and nothing else.",
      by: "gateway",
      lab: "named",
      answers: { 200: [asJson(ordersAnswer)] },
      run: orders,
    },
  },
};

/**
 * The gateway judges the session once. It then calls the service with a token for that service alone, which clients
 * never see. It answers with the service's answer and what the call cost.
 */
async function throughGateway(call: Call, module: FlowModule): Promise<Answer> {
  const chosen = chooseFlow(call, module, "access");
  if (!chosen.ok) return refused(module, chosen.code);
  const { flow, variant } = chosen.value;
  const principal = await flow.authenticate(call.flowRequest);
  if (!principal.ok) return refused(module, principal.code, variant);
  if (!variant.settings.inside || !call.context) {
    const through = module.manifest.variants.filter(({ settings }) => settings.inside).map(({ id }) => id);
    const detail = `A login of ${variant.id} goes no further inside; one of ${through.join(", ")} does.`;
    return { ok: false, code: "NOT_SUPPORTED", detail, headers: { allow: "" } };
  }
  const { user } = principal.value;
  const { service, status, body, milliseconds } = await call.context.inside(call.trace).orders(user.id);
  if (status !== 200) {
    return {
      ok: false,
      code: "STORE_UNAVAILABLE",
      detail: `The service ${service} answered ${status} to the gateway.`,
    };
  }
  return json({ user, service, answer: body, milliseconds });
}

/** Transfers of the person whom the internal token names. The token is verified without a look-up. */
async function orders(call: Call): Promise<Answer> {
  const { context, flowRequest } = call;
  const { bearer } = flowRequest;
  if (!bearer) return unauthorized("NO_CREDENTIAL", { bearer: true });
  const verified = context ? await context.inside(call.trace).verify(bearer) : refuse("INVALID_CREDENTIAL");
  if (!context || !verified.ok)
    return unauthorized(verified.ok ? "INVALID_CREDENTIAL" : verified.code, { bearer: true });
  const { subject } = verified.value;
  const events = await context.events({ limit: eventsLookedAt });
  const own = events.filter(({ type, userId }) => type === "coins-transferred" && userId === subject);
  return json({
    subject,
    orders: own.map(({ id, at, detail }) => ({ id, at: new Date(at).toISOString(), coins: detail })),
  });
}
