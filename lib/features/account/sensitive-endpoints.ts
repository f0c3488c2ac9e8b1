import { z } from "zod";
import { acting, type FlowModule } from "../../core/flow.ts";
import { elevatedUntil } from "../../core/login.ts";
import type { UserId } from "../../core/user.ts";
import type { Variant } from "../../core/variant.ts";
import { grantBody, refused } from "../../http/answers.ts";
import type { LabContext } from "../../http/application.ts";
import { asJson } from "../../http/openapi/content.ts";
import { grant } from "../../http/openapi/shapes.ts";
import { type Answer, type Call, type Endpoints, operation } from "../../http/operation.ts";
import { deviceCookie } from "../../http/password-attempts/device-cookie.ts";
import { reserveAttempt } from "../../http/password-attempts/reserve-attempt.ts";
import { json } from "../../http/problem.ts";
import { chooseFlow } from "../../http/request/credential-of-request.ts";
import { shortText } from "../../http/request/text.ts";

/** Above so many coins the password has to have been given lately (ASVS 7.5.3), by the time that the credential or its record keeps (ASVS 10.3.4): that a token is there does not mean that its owner is (NIST 5.1.2). */
const smallAmount = 50;

export const transferBody = z.strictObject({ to: shortText, amount: z.int().min(1).max(1_000_000) });
export type Transfer = z.infer<typeof transferBody>;
export const balanceAnswer = z.strictObject({ balance: z.int() });
const reauthenticateBody = z.strictObject({ password: shortText });

/** What a forged request would be after, and the way to prove oneself again for it. */
export function sensitiveEndpoints(module: FlowModule): Endpoints {
  return {
    transfer: {
      POST: operation({
        summary: "Move coins to somebody else of the lab",
        description: `More than ${smallAmount} want a login that is not older than five minutes.`,
        by: "login",
        lab: "named",
        body: transferBody,
        answers: { 200: [asJson(balanceAnswer)] },
        refuses: ["REAUTHENTICATION_REQUIRED"],
        run: (call) => transfer(call, module),
      }),
    },
    reauthenticate: {
      POST: operation({
        summary: "Give the password again",
        description: "This login again, fresh, under a new credential.",
        by: "login",
        reads: deviceCookie.name,
        lab: "named",
        body: reauthenticateBody,
        answers: { 200: [asJson(grant)] },
        refuses: ["BAD_CREDENTIALS", "TOO_MANY_REQUESTS", "OVERLOADED", "SUPERSEDED"],
        run: (call) => reauthenticate(call, module),
      }),
    },
  };
}

async function transfer(call: Call<Transfer>, module: FlowModule): Promise<Answer> {
  const asking = await whoAsks(call, module);
  if (!asking.ok) return asking.answer;
  const { context, principal, variant } = asking;
  const { amount } = call.body;
  if (amount > smallAmount && context.clock.now() > elevatedUntil(principal)) {
    const detail = `More than ${smallAmount} coins want a login not older than five minutes: give the password to reauthenticate.`;
    return { ok: false, code: "REAUTHENTICATION_REQUIRED", detail };
  }
  return moveCoins({ ...call, context }, module, variant, principal.user.id);
}

type TransferCall = Call<Transfer> & { readonly context: LabContext };

/** As the body wishes, without asking further. */
export async function moveCoins(
  call: TransferCall,
  module: FlowModule,
  variant: Variant,
  from: UserId,
): Promise<Answer> {
  const { context, client } = call;
  const { to, amount } = call.body;
  const left = await context.people.transfer(from, to, amount);
  if (left === "nobody")
    return { ok: false, code: "UNPROCESSABLE", detail: "to: nobody else of this lab has that name." };
  if (left === "too-few") return { ok: false, code: "UNPROCESSABLE", detail: "amount: there are not so many coins." };
  const event = { type: "coins-transferred", userId: from, detail: `${amount} to ${to}` } as const;
  context.audit(event, { client, flow: module.manifest.id, variant: variant.id });
  return json({ balance: left });
}

/** The password again makes this login fresh: a new credential, and where there is a record a new id (ASVS 7.2.4). */
async function reauthenticate(call: Call<z.infer<typeof reauthenticateBody>>, module: FlowModule): Promise<Answer> {
  const asking = await whoAsks(call, module);
  if (!asking.ok) return asking.answer;
  const { context, principal, flow, variant } = asking;
  const { app, client, flowRequest } = call;
  const person = await context.people.find(principal.user.id);
  // The stored person, since an older credential may still name an earlier role.
  if (!person || person.disabled) return refused(module, "REVOKED");

  const attempt = await reserveAttempt(call, context, person.username);
  if (attempt.refused) return attempt.refused;
  const from = { client, flow: module.manifest.id, variant: variant.id };
  const { password } = call.body;
  if (!(await attempt.verify(() => app.passwords.verify(person.passwordHash, password)))) {
    const wrong = { type: "reauthentication-refused", userId: person.id, detail: "BAD_CREDENTIALS" } as const;
    context.audit(wrong, from);
    return refused(module, "BAD_CREDENTIALS");
  }
  await attempt.giveBack();

  const grant = await flow.reissue(flowRequest, principal);
  if (!grant.ok) return refused(module, grant.code);
  context.audit({ type: "reauthenticated", userId: person.id }, from);
  call.about.handed = { grant: grant.value, begins: false };
  return json(grantBody(grant.value, module, variant));
}

async function whoAsks(call: Call, module: FlowModule) {
  const chosen = chooseFlow(call, module, "access");
  if (!chosen.ok || !call.context)
    return { ok: false, answer: refused(module, chosen.ok ? "NO_CREDENTIAL" : chosen.code) } as const;
  const principal = await chosen.value.flow.authenticate(call.flowRequest, acting);
  if (!principal.ok) return { ok: false, answer: refused(module, principal.code, chosen.value.variant) } as const;
  return { ok: true, context: call.context, principal: principal.value, ...chosen.value } as const;
}
