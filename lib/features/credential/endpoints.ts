import { z } from "zod";
import type { DecodedView } from "../../core/decoding.ts";
import type { FlowModule } from "../../core/flow.ts";
import type { Principal } from "../../core/login.ts";
import type { Result } from "../../core/result.ts";
import type { LabContext } from "../../http/application.ts";
import { asJson } from "../../http/openapi/content.ts";
import { type Answer, type Call, type Endpoints, operation } from "../../http/operation.ts";
import { json } from "../../http/problem.ts";
import { recordExchange } from "../../http/record-exchange.ts";
import { lookAtCredential } from "../../http/request/look-at-credential.ts";
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
  const outcome = await lookAtCredential(context, { module, credential, as, client }, trace, call.about);
  if (!outcome.ok) trace.stopped(outcome.code);
  const decoded = await decode(context, module, credential);
  return json(viewOf(outcome, decoded?.steps ?? [], trace.steps()));
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
