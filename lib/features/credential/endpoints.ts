import { z } from "zod";
import { type CredentialKind, holdingOf } from "../../core/credential.ts";
import type { DecodedView } from "../../core/decoding.ts";
import type { FlowModule } from "../../core/flow.ts";
import type { Principal } from "../../core/login.ts";
import type { Client, FlowRequest } from "../../core/request.ts";
import { type Result, refuse } from "../../core/result.ts";
import type { LabContext } from "../../http/application.ts";
import { asJson } from "../../http/openapi/content.ts";
import { type Answer, type Call, type Endpoints, operation } from "../../http/operation.ts";
import { json } from "../../http/problem.ts";
import { recordExchange } from "../../http/record-exchange.ts";
import { addressOf, variantOf } from "../../http/request/address.ts";
import { createRequestJar } from "../../http/request/cookie-jar.ts";
import { chooseFlow } from "../../http/request/credential-of-request.ts";
import { boundedText, ofOneForm } from "../../http/request/text.ts";
import type { TryView } from "../../lab/lab-view.ts";
import { tryAnswer } from "./answers.ts";

/**
 * Twice the size of the largest cookie. Without characters that a header cannot carry: control characters and lone
 * surrogates.
 */
const credential = boundedText(8192, ofOneForm);
const tryBody = z.strictObject({ flow: z.string().max(40), credential, as: z.enum(["access", "refresh"]).optional() });

/**
 * Tries a credential, as the page's visitor edited it. A page cannot set an HttpOnly or `__Host-` cookie, so it sends
 * the value in a body. The flow looks at that credential alone, and neither extends nor ends it. Lab mode only, since
 * the answer names the step that refused.
 */
export function tryEndpoints(decode: Decode): Endpoints {
  return {
    "lab/try": {
      POST: operation({
        summary: "What that flow says to that credential, and at which step it stops",
        description: "Looks only: extends and ends nothing.",
        lab: "start",
        labModeOnly: true,
        body: tryBody,
        answers: { 200: [asJson(tryAnswer)] },
        run: (call) => tryCredential(call, decode),
      }),
    },
  };
}

/** The readable parts of a credential of that flow, and how it is verified; `null`: it cannot be read. */
export type Decode = (context: LabContext, flow: FlowModule, credential: string) => Promise<DecodedView | null>;

async function tryCredential(call: Call<z.infer<typeof tryBody>>, decode: Decode): Promise<Answer> {
  const { app, context, request, client } = call;
  const { flow, credential, as = "access" } = call.body;
  const module = app.flows.find(({ manifest }) => manifest.id === flow);
  if (!module || !context) {
    const known = app.flows.map(({ manifest }) => manifest.id).join(", ");
    return { ok: false, code: "UNPROCESSABLE", detail: `flow: there are ${known}.` };
  }
  // The answer contains the steps, so they are traced even if no page watches.
  const trace = call.trace ?? recordExchange(app, { request, body: "", client }).trace;
  const flowRequest = carrying(module, credential, as, client);
  const outcome = await ask({ ...call, trace, flowRequest, ambiguous: new Set() }, module, as);
  if (!outcome.ok) trace.stopped(outcome.code);
  const decoded = await decode(context, module, credential);
  return json(viewOf(outcome, decoded?.steps ?? [], trace.steps()));
}

async function ask(call: Call, module: FlowModule, as: CredentialKind): Promise<Result<Principal>> {
  const chosen = chooseFlow(call, module, as);
  if (!chosen.ok) return chosen;
  const { flow } = chosen.value;
  if (as === "access") return flow.authenticate(call.flowRequest, { touch: false });
  const { client } = call.flowRequest;
  return (await flow.look?.(call.flowRequest, { touch: false, sender: client })) ?? refuse("NOT_SUPPORTED");
}

/** A request with this credential alone, in the place where its variant expects it. */
function carrying({ manifest }: FlowModule, value: string, as: CredentialKind, client: Client): FlowRequest {
  const cookies = createRequestJar(null);
  const address = addressOf(value);
  const id = address ? variantOf(manifest.id, address) : manifest.defaults.lab;
  const variant = manifest.variants.find((each) => each.id === id) ?? manifest.variants[0];
  const holding = holdingOf(variant, as) ?? variant.holds[0];
  if (holding.travels === "cookie") {
    // Any text is tried, also one that is longer than a cookie.
    cookies.choose(holding.cookie, value);
    return { cookies, client };
  }
  return { cookies, client, ...(holding.travels === "bearer" ? { bearer: value } : { refreshToken: value }) };
}

function viewOf(outcome: Result<Principal>, decoded: TryView["decoded"], steps: TryView["steps"]): TryView {
  if (!outcome.ok) {
    const { code, at = null } = outcome;
    return { accepted: false, code, at, user: null, expiresAt: null, decoded, steps };
  }
  const { user, expiresAt } = outcome.value;
  const ends = new Date(expiresAt).toISOString();
  return { accepted: true, code: null, at: null, user, expiresAt: ends, decoded, steps };
}
