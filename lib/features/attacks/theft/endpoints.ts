import { z } from "zod";
import { asJson } from "../../../http/openapi/content.ts";
import { variantId } from "../../../http/openapi/shapes.ts";
import { type Answer, type Call, type Endpoints, operation } from "../../../http/operation.ts";
import { json } from "../../../http/problem.ts";
import { untilTheEnd } from "../../../http/stopping.ts";
import type { Stage } from "../../../lab/stage.ts";
import { onePlayOfALab } from "../one-play-of-a-lab.ts";
import { playAnswer } from "./answers.ts";

const playBody = z.strictObject({ variant: variantId });

/** Theft: alice's credentials from other clients, in labs of their own. Lab mode only. What plays it is loaded when asked for. */
export function theftEndpoints(stage: Stage): Endpoints {
  const alone = onePlayOfALab("A theft");
  return {
    "lab/theft": {
      POST: operation({
        summary: "Use alice's stolen credentials from other clients, with binding off, warn and enforce",
        description:
          "In labs of its own: alice herself first, then thieves with her credential, and her own phone in another network. Addresses are given by the lab. One of a lab at a time.",
        lab: "start",
        labModeOnly: true,
        quiet: true,
        plays: true,
        body: playBody,
        answers: { 200: [asJson(playAnswer)] },
        run: (call) => alone(call, () => play(call, stage)),
      }),
    },
  };
}

async function play(call: Call<z.infer<typeof playBody>>, stage: Stage): Promise<Answer> {
  const { app, body } = call;
  const parts = app.flows.flatMap(({ manifest }) => manifest.variants.map((variant) => ({ manifest, variant })));
  const part = parts.find(({ variant }) => variant.id === body.variant);
  if (!part) {
    const known = parts.map(({ variant }) => variant.id).join(", ");
    return { ok: false, code: "UNPROCESSABLE", detail: `variant: there are ${known}.` };
  }
  const [{ playTheft }, { linesOfTheft }] = await Promise.all([import("./play-theft.ts"), import("./lines.ts")]);
  const gone = untilTheEnd(call);
  return json(await playTheft({ stage, lines: linesOfTheft() }, part, gone));
}
