import { z } from "zod";
import type { FlowRequest } from "../../core/request.ts";
import { type Duration, day, second } from "../../core/time.ts";
import { noContent } from "../../http/answers.ts";
import type { LabContext } from "../../http/application.ts";
import { asEvents, asJson } from "../../http/openapi/content.ts";
import { exchange } from "../../http/openapi/shapes.ts";
import { type Answer, type Call, type Endpoints, operation } from "../../http/operation.ts";
import { deviceCookie } from "../../http/password-attempts/device-cookie.ts";
import { json } from "../../http/problem.ts";
import { labCookie } from "../../http/request/lab-cookie.ts";
import { untilTheEnd } from "../../http/stopping.ts";
import type { CopiesView } from "../../lab/feed/copies-view.ts";
import { mostKeys } from "../../lab/key-ring.ts";
import type { SettingsChange } from "../../lab/lab-settings.ts";
import type { LabView } from "../../lab/lab-view.ts";
import { clockAnswer, copiesEvent, hereEvent, keysAnswer, labAnswer } from "./answers.ts";
import { settingsAnswer, settingsBody } from "./settings-schemas.ts";

const maxClockOffset = 400 * day;
const clockBody = z.strictObject({
  advanceSeconds: z
    .int()
    .min(1)
    .max(maxClockOffset / second),
});
const rotateBody = z.strictObject({ overlap: z.boolean() });

/** The addresses of a lab's own controls. Outside lab mode none of them exists. */
export function labEndpoints(controls: LabControls): Endpoints {
  const inLab =
    <Body>(run: (call: LabCall<Body>, controls: LabControls) => Promise<Answer>) =>
    async (call: Call<Body>) =>
      call.context ? run({ ...call, context: call.context }, controls) : notFound;
  const ofLab = { lab: "start", labModeOnly: true } as const;
  return {
    lab: {
      GET: {
        ...ofLab,
        summary: "This lab, as the sender sees it",
        quiet: true,
        answers: { 200: [asJson(labAnswer)] },
        run: inLab(view),
      },
    },
    "lab/clock": {
      POST: operation({
        ...ofLab,
        summary: "Move the lab's clock forward",
        description: "At most 400 days in all.",
        body: clockBody,
        answers: { 200: [asJson(clockAnswer)] },
        run: inLab(advanceClock),
      }),
    },
    "lab/settings": {
      PATCH: operation({
        ...ofLab,
        summary: "Change the lab's settings",
        description: "Any part of them; answers all. For what is issued from then on.",
        body: settingsBody,
        answers: { 200: [asJson(settingsAnswer)] },
        run: inLab(changeSettings),
      }),
    },
    "lab/keys/rotate": {
      POST: operation({
        ...ofLab,
        summary: "Rotate the lab's keys",
        description: `Without overlap only the new key verifies. With overlap an earlier one does until all that it made is over; at most ${mostKeys} do at once.`,
        body: rotateBody,
        answers: { 200: [asJson(keysAnswer)] },
        run: inLab(rotateKeys),
      }),
    },
    "lab/forget-memory": {
      POST: {
        ...ofLab,
        summary: "Forget what this node alone knows of the lab, as with a restart",
        answers: { 204: [] },
        run: inLab(forgetMemory),
      },
    },
    "lab/reset": {
      POST: {
        ...ofLab,
        summary: "Delete the lab",
        description: "`Clear-Site-Data` empties the browser.",
        quiet: true,
        answers: { 204: [] },
        run: inLab(reset),
      },
    },
    "lab/exchanges": {
      GET: {
        ...ofLab,
        summary: "What is sent in this lab and answered, as it happens",
        description:
          "Events of the types `exchange`; `copies`, what the server finds when it looks at the copies that it keeps of this lab's credentials; and `here`, at least every two seconds. Resumes after `Last-Event-ID`, or after `?after=<id>` where another connection is taken over. Ends when the lab is reset, when the server stops, when its reader is more than 60 exchanges behind, and when it is the oldest of more than 16 streams of the lab.",
        quiet: true,
        answers: { 200: [asEvents(z.union([exchange, copiesEvent, hereEvent]))] },
        run: inLab(exchanges),
      },
    },
  };
}

export type LabControls = {
  view(context: LabContext, request: FlowRequest): Promise<LabView>;
  /** `null`: the clock would pass its total bound. */
  advanceClock(context: LabContext, by: Duration, bound: Duration): Promise<LabContext | null>;
  changeSettings(context: LabContext, change: SettingsChange): Promise<LabContext>;
  /** `null`: too many keys would verify. */
  rotateKeys(context: LabContext, overlap: boolean): Promise<LabContext | null>;
  /** What is known of the copies of this lab's credentials. */
  copies(context: LabContext): CopiesView;
  reset(context: LabContext): Promise<void>;
};

type LabCall<Body = unknown> = Call<Body> & { readonly context: LabContext };

const notFound = { ok: false, code: "NOT_FOUND" } as const satisfies Answer;

async function view({ context, flowRequest }: LabCall, controls: LabControls): Promise<Answer> {
  return json(await controls.view(context, flowRequest));
}

async function advanceClock(
  { context, body, about }: LabCall<z.infer<typeof clockBody>>,
  controls: LabControls,
): Promise<Answer> {
  const moved = await controls.advanceClock(context, body.advanceSeconds * second, maxClockOffset);
  if (!moved)
    return { ok: false, code: "UNPROCESSABLE", detail: "advanceSeconds: a lab's clock moves at most 400 days in all." };
  about.plug = { kind: "clock" };
  return json(clockOf(moved));
}

/** Changes settings for credentials issued from now on; earlier ones stay as they are. Answers all settings. */
async function changeSettings(
  { context, body }: LabCall<z.infer<typeof settingsBody>>,
  controls: LabControls,
): Promise<Answer> {
  const { lab } = await controls.changeSettings(context, body);
  return json(lab.settings);
}

async function rotateKeys(
  { context, body, client, about }: LabCall<z.infer<typeof rotateBody>>,
  controls: LabControls,
): Promise<Answer> {
  const rotated = await controls.rotateKeys(context, body.overlap);
  if (!rotated) {
    const detail = `overlap: ${mostKeys} keys verify already. Rotate without overlap, or when the oldest has outlived what it made.`;
    return { ok: false, code: "UNPROCESSABLE", detail };
  }
  const { keyGeneration, acceptedKeys } = rotated.lab;
  const accepted = acceptedKeys.map(({ generation }) => generation);
  const detail = `generation ${keyGeneration}; accepted: ${accepted.join(", ")}`;
  context.audit({ type: "keys-rotated", detail }, { client, flow: null, variant: null });
  if (!body.overlap) about.plug = { kind: "rotate-keys" };
  return json({ generation: keyGeneration, accepted });
}

async function forgetMemory({ context, about }: LabCall): Promise<Answer> {
  context.forgetMemory();
  about.plug = { kind: "restart" };
  return noContent();
}

/** Deletes the lab, and the lab's cookies in this browser. */
async function reset({ context, jar }: LabCall, controls: LabControls): Promise<Answer> {
  await controls.reset(context);
  const response = noContent();
  response.headers.set("clear-site-data", '"cookies", "storage"');
  for (const { name, ...attributes } of [labCookie, deviceCookie]) jar.set(name, "", { ...attributes, maxAge: 0 });
  return response;
}

/**
 * The last event that the client has read. A browser that reconnects sends it in a header; a tab that takes over from
 * another, in the address.
 */
async function exchanges({ app, context, request }: LabCall, controls: LabControls): Promise<Answer> {
  const after = request.headers.get("last-event-id") ?? new URL(request.url).searchParams.get("after");
  const stream = app.exchanges.stream(
    context.lab.id,
    { after, copies: controls.copies(context) },
    untilTheEnd({ app, request }),
  );
  return new Response(stream, { headers: { "content-type": "text/event-stream", "x-accel-buffering": "no" } });
}

function clockOf({ clock, lab }: LabContext) {
  return { now: new Date(clock.now()).toISOString(), offsetSeconds: lab.clockOffset / second };
}
