import { z } from "zod";
import type { CredentialKind } from "../../../core/credential.ts";
import type { FlowModule } from "../../../core/flow.ts";
import type { VariantId } from "../../../core/ids.ts";
import type { LabContext } from "../../../http/application.ts";
import { asJson } from "../../../http/openapi/content.ts";
import { variantId } from "../../../http/openapi/shapes.ts";
import { type Answer, type Call, type Endpoints, operation } from "../../../http/operation.ts";
import { json } from "../../../http/problem.ts";
import { lookAtCredential } from "../../../http/request/look-at-credential.ts";
import { boundedText, ofOneForm } from "../../../http/request/text.ts";
import { untilTheEnd } from "../../../http/stopping.ts";
import type { Stage } from "../../../lab/stage.ts";
import { onePlayOfALab } from "../one-play-of-a-lab.ts";
import { madeAnswer, playAnswer } from "./answers.ts";
import type { LabKeyRing } from "./lab-key-ring.ts";

const playBody = z.strictObject({ variant: variantId });
const credential = boundedText(8192, ofOneForm);
const madeBody = z.strictObject({ flow: z.string().max(40), credential, as: z.enum(["access", "refresh"]).optional() });

/** Where forgeries are played, and the keys that they are made and tried with. */
export type ForgeryPorts = {
  readonly stage: Stage;
  keysOf(labCookie: string, variant: VariantId): Promise<LabKeyRing>;
  keysIn(context: LabContext, variant: VariantId): LabKeyRing;
};

/**
 * Forged credentials: played against a variant in a lab of its own, and made from a visitor's own credential. Lab mode
 * only. What plays them, and the verifiers with a mistake, are loaded when they are first asked for.
 */
export function forgeryEndpoints(ports: ForgeryPorts): Endpoints {
  const alone = onePlayOfALab("A forgery");
  return {
    "lab/forgery": {
      POST: operation({
        summary: "Forge credentials of that variant, and send each",
        description:
          "In a lab of its own: the real credential first, then each case against a verifier with a known mistake and against the variant. One of a lab at a time.",
        lab: "start",
        labModeOnly: true,
        quiet: true,
        plays: true,
        body: playBody,
        answers: { 200: [asJson(playAnswer)] },
        run: (call) => alone(call, () => play(call, ports)),
      }),
    },
    "lab/forgery/made": {
      POST: operation({
        summary: "The forgeries that can be made from that credential",
        description:
          "It has to be one that gets in. No forgery of it does here, but where a variant is unsafe on purpose; and none that the lab's key signed lives longer than it.",
        lab: "start",
        labModeOnly: true,
        quiet: true,
        body: madeBody,
        answers: { 200: [asJson(madeAnswer)] },
        run: (call) => make(call, ports),
      }),
    },
  };
}

async function play(
  { app, body, request }: Call<z.infer<typeof playBody>>,
  { stage, keysOf }: ForgeryPorts,
): Promise<Answer> {
  const parts = app.flows.flatMap(({ manifest }) => manifest.variants.map((variant) => ({ manifest, variant })));
  const part = parts.find(({ variant }) => variant.id === body.variant);
  if (!part) {
    const known = parts.map(({ variant }) => variant.id).join(", ");
    return { ok: false, code: "UNPROCESSABLE", detail: `variant: there are ${known}.` };
  }
  const [{ playForgeries }, { decidingLines }] = await Promise.all([
    import("./play-forgery.ts"),
    import("./deciding-lines.ts"),
  ]);
  const gone = untilTheEnd({ app, request });
  return json(await playForgeries({ stage, keysOf, lineAt: decidingLines() }, part, gone));
}

async function make(call: Call<z.infer<typeof madeBody>>, ports: ForgeryPorts): Promise<Answer> {
  const { app, context, body } = call;
  const { flow, credential: value, as = "access" } = body;
  const module = app.flows.find(({ manifest }) => manifest.id === flow);
  if (!module || !context) {
    const known = app.flows.map(({ manifest }) => manifest.id).join(", ");
    return { ok: false, code: "UNPROCESSABLE", detail: `flow: there are ${known}.` };
  }
  if (!(await isReal(call, context, module, value, as))) return json({ made: [] });
  const { madeFrom } = await import("./made-forgeries.ts");
  return json({ made: madeFrom(module.manifest, value, as, (variant) => ports.keysIn(context, variant)) });
}

/** The flow's look extends and ends nothing. */
async function isReal(
  { client }: Call<z.infer<typeof madeBody>>,
  context: LabContext,
  module: FlowModule,
  value: string,
  as: CredentialKind,
): Promise<boolean> {
  return (await lookAtCredential(context, { module, credential: value, as, client })).ok;
}
