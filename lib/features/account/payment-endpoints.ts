import type { FlowModule } from "../../core/flow.ts";
import type { PaymentSession } from "../../core/payment.ts";
import type { Result } from "../../core/result.ts";
import { refused } from "../../http/answers.ts";
import { chooseFlow } from "../../http/credential-of-request.ts";
import { noContent } from "../../http/endpoint.ts";
import { type Answer, type Call, type Endpoints, operation } from "../../http/operation.ts";
import { json } from "../../http/problem.ts";
import { moveCoins, type Transfer, transferBody } from "./sensitive-endpoints.ts";

/** The short session for paying, where a flow has one; elsewhere there are no such addresses. */
export function paymentEndpoints(module: FlowModule): Endpoints {
  if (!module.manifest.payment) return {};
  return {
    payment: {
      GET: { lab: "named", run: (call) => ask(call, module, "look") },
      POST: { lab: "named", run: (call) => ask(call, module, "open") },
      DELETE: { lab: "named", run: (call) => end(call, module) },
    },
    pay: { POST: operation({ lab: "named", body: transferBody, run: (call) => pay(call, module) }) },
  };
}

async function ask(call: Call, module: FlowModule, verb: "look" | "open"): Promise<Answer> {
  const chosen = chooseFlow(call, module, "access");
  if (!chosen.ok) return refused(module, chosen.code);
  const session: Result<PaymentSession> | undefined = await chosen.value.flow.payment?.[verb](call.flowRequest);
  if (!session) return { ok: false, code: "NOT_FOUND" };
  if (!session.ok) return refusedPayment(module, session.code);
  const { openedAt, expiresAt } = session.value;
  return json({ openedAt: iso(openedAt), expiresAt: iso(expiresAt) });
}

/** Whatever the login, and whether one was open: afterwards none is. */
async function end(call: Call, module: FlowModule): Promise<Answer> {
  const chosen = chooseFlow(call, module, "access");
  if (chosen.ok) await chosen.value.flow.payment?.end(call.flowRequest);
  else expire(call, module);
  return noContent();
}

function expire({ jar }: Call, { manifest }: FlowModule): void {
  if (!manifest.payment) return;
  const { name, ...attributes } = manifest.payment;
  if (jar.get(name)) jar.set(name, "", { ...attributes, maxAge: 0 });
}

/** Any amount: that the password was given lately was asked when the session was opened. */
async function pay(call: Call<Transfer>, module: FlowModule): Promise<Answer> {
  const chosen = chooseFlow(call, module, "access");
  if (!chosen.ok || !call.world) return refused(module, chosen.ok ? "NO_CREDENTIAL" : chosen.code);
  const session = await chosen.value.flow.payment?.look(call.flowRequest);
  if (!session) return { ok: false, code: "NOT_FOUND" };
  if (!session.ok) return refusedPayment(module, session.code);
  return moveCoins({ ...call, world: call.world }, module, chosen.value.variant, session.value.user.id);
}

function refusedPayment(module: FlowModule, code: Parameters<typeof refused>[1]): Answer {
  if (code !== "REAUTHENTICATION_REQUIRED") return refused(module, code);
  const detail =
    "A payment session wants a login whose password was given in the last five minutes: give it to reauthenticate.";
  return { ok: false, code, detail };
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
