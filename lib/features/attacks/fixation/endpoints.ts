import { z } from "zod";
import { asJson } from "../../../http/openapi/content.ts";
import { variantId } from "../../../http/openapi/shapes.ts";
import { type Answer, type Call, type Endpoints, operation } from "../../../http/operation.ts";
import { json } from "../../../http/problem.ts";
import { untilTheEnd } from "../../../http/stopping.ts";
import type { Stage } from "../../../lab/stage.ts";
import { onePlayOfALab } from "../one-play-of-a-lab.ts";
import { playAnswer } from "./answers.ts";
import { sessionIdOf } from "./scene.ts";

const playBody = z.strictObject({ variant: variantId });

/** Fixation: a session id that was planted before the login. Lab mode only. What plays it is loaded when asked for. */
export function fixationEndpoints(stage: Stage): Endpoints {
  const alone = onePlayOfALab("A fixation");
  return {
    "lab/fixation": {
      POST: operation({
        summary: "Plant a session id in alice's browser, and use it after her login",
        description:
          "In labs of its own: the id of a login of the thief's and one that he made up, each with a login that gives a new id and with one that keeps what came in. Of variants with a session id. One of a lab at a time.",
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
  const withIds = parts.filter(({ variant }) => sessionIdOf(variant) !== null);
  const part = withIds.find(({ variant }) => variant.id === body.variant);
  if (!part) {
    const known = withIds.map(({ variant }) => variant.id).join(", ");
    return { ok: false, code: "UNPROCESSABLE", detail: `variant: a session id have ${known}.` };
  }
  const [{ playFixation }, { linesOfFixation }] = await Promise.all([
    import("./play-fixation.ts"),
    import("./lines.ts"),
  ]);
  const gone = untilTheEnd(call);
  return json(await playFixation({ stage, lines: linesOfFixation() }, part, gone));
}
