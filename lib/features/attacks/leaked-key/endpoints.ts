import { z } from "zod";
import type { LabContext } from "../../../http/application.ts";
import { asJson } from "../../../http/openapi/content.ts";
import { variantId } from "../../../http/openapi/shapes.ts";
import { type Answer, type Call, type Endpoints, operation } from "../../../http/operation.ts";
import { json } from "../../../http/problem.ts";
import { untilTheEnd } from "../../../http/stopping.ts";
import type { Stage } from "../../../lab/stage.ts";
import { onePlayOfALab } from "../one-play-of-a-lab.ts";
import { keysAnswer, madeAnswer, playAnswer } from "./answers.ts";
import type { LabLeak } from "./lab-leak.ts";
import { isUnder, keysThatLeak } from "./leaked-keys.ts";
import type { Part } from "./scratch-lab.ts";

const name = z.string().max(60);
const playBody = z.strictObject({ key: name, as: name });
const madeBody = z.strictObject({ key: name, variant: variantId, as: name });

/** Where a leaked key is tried, and the keys of a lab. */
export type LeakPorts = {
  readonly stage: Stage;
  leakIn(context: LabContext): LabLeak;
  leakOf(labCookie: string): Promise<LabLeak>;
};

/**
 * A lab's own keys, credentials that are forged with them, and what becomes of these. Lab mode only. What plays them is
 * loaded when it is first asked for.
 */
export function leakedKeyEndpoints(ports: LeakPorts): Endpoints {
  const alone = onePlayOfALab("A leaked key");
  const ofLab = { lab: "start", labModeOnly: true, quiet: true } as const;
  return {
    "lab/leaked-key": {
      GET: {
        ...ofLab,
        summary: "This lab's own keys",
        description: "The newest of each. They end with the lab.",
        answers: { 200: [asJson(keysAnswer)] },
        run: (call) => show(call, ports),
      },
      POST: operation({
        ...ofLab,
        summary: "Forge with that key, for every variant, and send each",
        description:
          "In labs of its own, whose keys are other ones. A real login first, then the same under a key of the attacker's own, then under the leaked one; and two rotations. One of a lab at a time.",
        plays: true,
        body: playBody,
        answers: { 200: [asJson(playAnswer)] },
        run: (call) => alone(call, () => play(call, ports)),
      }),
    },
    "lab/leaked-key/made": {
      POST: operation({
        ...ofLab,
        summary: "A credential of this lab that nobody issued",
        description:
          "Made with the lab's own key, without a login, with a command that makes it again. From then on the lab accepts credentials of that variant.",
        body: madeBody,
        answers: { 200: [asJson(madeAnswer)] },
        run: (call) => make(call, ports),
      }),
    },
  };
}

function partsOf({ app }: Pick<Call, "app">): readonly Part[] {
  return app.flows.flatMap(({ manifest }) => manifest.variants.map((variant) => ({ manifest, variant })));
}

function keysOf(parts: readonly Part[]) {
  return keysThatLeak(parts.map(({ variant }) => variant));
}

async function show(call: Call, { leakIn }: LeakPorts): Promise<Answer> {
  const { context } = call;
  if (!context) return { ok: false, code: "NOT_FOUND" };
  const { shownKey } = await import("./made-with-key.ts");
  const parts = partsOf(call);
  const leak = leakIn(context);
  return json({
    keys: keysOf(parts).map((told) => shownKey(told, parts.find(({ variant }) => variant.id === told.id) ?? {}, leak)),
  });
}

async function play(call: Call<z.infer<typeof playBody>>, { stage, leakOf }: LeakPorts): Promise<Answer> {
  const { app, context, body, request } = call;
  if (!context) return { ok: false, code: "NOT_FOUND" };
  const parts = partsOf(call);
  const unknown = objectionTo(body, parts) ?? (await objectionToPerson(context, body.as));
  if (unknown !== null) return { ok: false, code: "UNPROCESSABLE", detail: unknown };
  const [{ playLeakedKey }, { linesOfRecords }] = await Promise.all([
    import("./play-leaked-key.ts"),
    import("./lines.ts"),
  ]);
  const gone = untilTheEnd({ app, request });
  return json(await playLeakedKey({ stage, leakOf, lines: linesOfRecords(), parts }, body, gone));
}

async function make(call: Call<z.infer<typeof madeBody>>, { leakIn }: LeakPorts): Promise<Answer> {
  const { app, context, body } = call;
  if (!context) return { ok: false, code: "NOT_FOUND" };
  const parts = partsOf(call);
  const unknown = objectionTo(body, parts) ?? (await objectionToPerson(context, body.as));
  if (unknown !== null) return { ok: false, code: "UNPROCESSABLE", detail: unknown };
  const under = parts.filter(({ variant }) => isUnder(body.key, variant));
  const part = under.find(({ variant }) => variant.id === body.variant);
  if (!part) {
    const known = under.map(({ variant }) => variant.id).join(", ");
    return { ok: false, code: "UNPROCESSABLE", detail: `variant: under this key there are ${known}.` };
  }
  const { madeWithKey } = await import("./made-with-key.ts");
  const open = await context.enable(part.variant.id);
  const person = await open.people.named(body.as);
  if (!person) return { ok: false, code: "NOT_FOUND" };
  return json(await madeWithKey(part, { leak: leakIn(open), key: body.key, person, origin: app.origin }));
}

function objectionTo({ key }: { readonly key: string }, parts: readonly Part[]): string | null {
  const known = keysOf(parts).map(({ id }) => id);
  return known.includes(key) ? null : `key: there are ${known.join(", ")}.`;
}

async function objectionToPerson({ people }: LabContext, username: string): Promise<string | null> {
  return (await people.named(username)) ? null : "as: this lab has no such person.";
}
