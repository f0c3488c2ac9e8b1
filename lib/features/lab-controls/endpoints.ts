import { z } from "zod";
import { day, second } from "../../core/time.ts";
import type { World } from "../../http/application.ts";
import { noContent } from "../../http/endpoint.ts";
import { labCookie } from "../../http/lab-cookie.ts";
import type { Answer, Call, Endpoint } from "../../http/operation.ts";
import { json, problem } from "../../http/problem.ts";
import { settingsBody } from "./settings-body.ts";

const maxClockOffset = 400 * day;
const clockBody = z.strictObject({
  advanceSeconds: z
    .int()
    .min(1)
    .max(maxClockOffset / second),
});
const rotateBody = z.strictObject({ overlap: z.boolean() });
/** `/api/lab` and below: what only a lab needs. Outside lab mode none of it exists. */
export const labEndpoints: Readonly<Record<string, Endpoint>> = {
  "": { GET: { lab: "start", labModeOnly: true, quiet: true, run: inLab(view) } },
  clock: { POST: { lab: "start", labModeOnly: true, body: clockBody, run: inLab(advanceClock) } },
  settings: { PATCH: { lab: "start", labModeOnly: true, body: settingsBody, run: inLab(changeSettings) } },
  "keys/rotate": { POST: { lab: "start", labModeOnly: true, body: rotateBody, run: inLab(rotateKeys) } },
  "forget-memory": { POST: { lab: "start", labModeOnly: true, run: inLab(forgetMemory) } },
  reset: { POST: { lab: "start", labModeOnly: true, quiet: true, run: inLab(reset) } },
  exchanges: { GET: { lab: "start", labModeOnly: true, quiet: true, run: inLab(exchanges) } },
};

/** `/api/labs/<public id>/jwks`: the keys that anybody may verify this lab's tokens with (RFC 7517). */
export const jwksEndpoint: Endpoint = {
  GET: {
    lab: "none",
    async run({ app, params }) {
      const world = await app.findWorld(params["id"] ?? "");
      return world ? json(await app.lab.jwks(world)) : problem("NOT_FOUND");
    },
  },
};

export const healthEndpoint: Endpoint = {
  GET: {
    lab: "none",
    async run({ app }) {
      const health = await app.health();
      return json(health, health.status === "ok" ? 200 : 503);
    },
  },
};

type LabCall = Call & { readonly world: World };

function inLab(run: (call: LabCall) => Promise<Answer>) {
  return async (call: Call): Promise<Answer> =>
    call.world ? run({ ...call, world: call.world }) : { ok: false, code: "NOT_FOUND" };
}

async function view({ app, world, flowRequest }: LabCall): Promise<Answer> {
  return json(await app.lab.view(world, flowRequest));
}

async function advanceClock({ app, world, body }: LabCall): Promise<Answer> {
  const { advanceSeconds } = clockBody.parse(body);
  const moved = await app.lab.advanceClock(world, advanceSeconds * second, maxClockOffset);
  if (!moved)
    return { ok: false, code: "UNPROCESSABLE", detail: "advanceSeconds: a lab's clock moves at most 400 days in all." };
  return json(clockOf(moved));
}

/** For credentials issued from now on; the ones from before stay as they are. Answers all of the settings. */
async function changeSettings({ app, world, body }: LabCall): Promise<Answer> {
  const { lab } = await app.lab.changeSettings(world, settingsBody.parse(body));
  return json(lab.settings);
}

async function rotateKeys({ app, world, body }: LabCall): Promise<Answer> {
  const { overlap } = rotateBody.parse(body);
  const { lab } = await app.lab.rotateKeys(world, overlap);
  return json({ generation: lab.keyGeneration, accepted: lab.acceptedKeys });
}

async function forgetMemory({ app, world }: LabCall): Promise<Answer> {
  app.lab.forgetMemory(world);
  return noContent();
}

/** Empties the lab and this browser's jar of it. */
async function reset({ app, world, jar }: LabCall): Promise<Answer> {
  await app.lab.reset(world);
  const response = noContent();
  response.headers.set("clear-site-data", '"cookies", "storage"');
  jar.set(labCookie.name, "", { ...labCookie, maxAge: 0 });
  return response;
}

/** A browser's own reconnection says where it was in a header; one that takes over from another tab, in the address. */
async function exchanges({ app, world, request }: LabCall): Promise<Answer> {
  const after = request.headers.get("last-event-id") ?? new URL(request.url).searchParams.get("after");
  const stream = app.exchanges.stream(world.lab.id, after, request.signal);
  return new Response(stream, { headers: { "content-type": "text/event-stream", "x-accel-buffering": "no" } });
}

function clockOf({ clock, lab }: World) {
  return { now: new Date(clock.now()).toISOString(), offsetSeconds: lab.clockOffset / second };
}
