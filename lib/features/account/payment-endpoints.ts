import { z } from "zod";
import type { FlowModule } from "../../core/flow.ts";
import type { RefusalCode } from "../../core/refusal.ts";
import { ok, type Result, refuse } from "../../core/result.ts";
import type { Variant } from "../../core/variant.ts";
import { paymentsOf } from "../../flows/registry.ts";
import { noContent, refused } from "../../http/answers.ts";
import type { LabContext, PaymentSessions } from "../../http/application.ts";
import { asJson } from "../../http/openapi/content.ts";
import { instant } from "../../http/openapi/shapes.ts";
import { type Answer, type Call, type Endpoints, operation } from "../../http/operation.ts";
import { json } from "../../http/problem.ts";
import { chooseFlow } from "../../http/request/credential-of-request.ts";
import { balanceAnswer, moveCoins, type Transfer, transferBody } from "./sensitive-endpoints.ts";

const paymentAnswer = z.strictObject({ openedAt: instant, expiresAt: instant });

/** The short session for paying, where a flow has one; elsewhere there are no such addresses. */
export function paymentEndpoints(module: FlowModule): Endpoints {
  const beside = paymentsOf(module.manifest.id)?.cookie.name;
  if (beside === undefined) return {};
  return {
    payment: {
      GET: {
        summary: "The open payment session, or why none counts here",
        by: "login",
        beside,
        lab: "named",
        answers: { 200: [asJson(paymentAnswer)] },
        refuses: ["REAUTHENTICATION_REQUIRED"],
        run: (call) => ask(call, module, "look"),
      },
      POST: {
        summary: "Open a payment session of 15 minutes beside the login",
        description: "Wants a login whose password was given in the last five minutes.",
        by: "login",
        lab: "named",
        answers: { 200: [asJson(paymentAnswer)] },
        refuses: ["REAUTHENTICATION_REQUIRED", "SUPERSEDED"],
        run: (call) => ask(call, module, "open"),
      },
      DELETE: {
        summary: "End the payment session",
        description: "Also when none was open. The login goes on.",
        lab: "named",
        answers: { 204: [] },
        run: (call) => end(call, module),
      },
    },
    pay: {
      POST: operation({
        summary: "Move any amount of coins",
        description: "By the payment session and the login that it was opened beside, both.",
        by: "login",
        beside,
        lab: "named",
        body: transferBody,
        answers: { 200: [asJson(balanceAnswer)] },
        refuses: ["REAUTHENTICATION_REQUIRED"],
        run: (call) => pay(call, module),
      }),
    },
  };
}

type BesideLogin = { readonly context: LabContext; readonly variant: Variant; readonly sessions: PaymentSessions };

/** The payment sessions beside the login that this request's credential is of. */
function besideLogin(call: Call, module: FlowModule): Result<BesideLogin> {
  const { client, trace, context } = call;
  const chosen = chooseFlow(call, module, "access");
  if (!chosen.ok) return chosen;
  const { variant } = chosen.value;
  const sessions = context?.payments(variant.id, { client, trace });
  return context && sessions ? ok({ context, variant, sessions }) : refuse("NO_CREDENTIAL");
}

async function ask(call: Call, module: FlowModule, verb: "look" | "open"): Promise<Answer> {
  const beside = besideLogin(call, module);
  if (!beside.ok) return refused(module, beside.code);
  const session = await beside.value.sessions[verb](call.flowRequest);
  if (!session.ok) return refusedPayment(module, session.code, beside.value.variant);
  const { openedAt, expiresAt } = session.value;
  return json({ openedAt: iso(openedAt), expiresAt: iso(expiresAt) });
}

/** Ends the payment session of this browser. Succeeds also without one. */
async function end(call: Call, module: FlowModule): Promise<Answer> {
  const beside = besideLogin(call, module);
  if (beside.ok) await beside.value.sessions.end(call.flowRequest);
  else expire(call, module);
  return noContent();
}

function expire({ jar }: Call, { manifest }: FlowModule): void {
  const payments = paymentsOf(manifest.id);
  if (!payments) return;
  const { name, ...attributes } = payments.cookie;
  if (jar.get(name)) jar.set(name, "", { ...attributes, maxAge: 0 });
}

/** Any amount: that the password was given lately was asked when the session was opened. */
async function pay(call: Call<Transfer>, module: FlowModule): Promise<Answer> {
  const beside = besideLogin(call, module);
  if (!beside.ok) return refused(module, beside.code);
  const { context, variant, sessions } = beside.value;
  const session = await sessions.look(call.flowRequest);
  if (!session.ok) return refusedPayment(module, session.code, beside.value.variant);
  return moveCoins({ ...call, context }, module, variant, session.value.user.id);
}

function refusedPayment(module: FlowModule, code: RefusalCode, variant: Variant): Answer {
  // Two ids came. Which of them was refused is not told, nor that they do not belong together.
  const meaning = variant.means?.[code];
  if (code === "INVALID_CREDENTIAL" && meaning !== undefined)
    return { ...refused(module, code), detail: `${meaning} Or the payment session was opened beside another login.` };
  if (code !== "REAUTHENTICATION_REQUIRED") return refused(module, code, variant);
  const detail =
    "A payment session wants a login whose password was given in the last five minutes: give it to reauthenticate.";
  return { ok: false, code, detail };
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
