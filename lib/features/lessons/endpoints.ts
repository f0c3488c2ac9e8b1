import { z } from "zod";
import { asJson } from "../../http/openapi/content.ts";
import { type Answer, type Call, type Endpoints, operation } from "../../http/operation.ts";
import { json } from "../../http/problem.ts";
import { lessonAnswers, type PaneShapes } from "./answers.ts";
import type { Lessons } from "./lessons.ts";

const steps = z.int().min(0).max(100);
const beginBody = z.strictObject({ name: z.string().max(60), played: steps.optional() });
const stepBody = z.strictObject({ step: steps });

const notFound = { ok: false, code: "NOT_FOUND" } as const satisfies Answer;

/** Lessons: stories that are played in a lab of their own. Who drives one is known by the visitor's lab cookie. */
export function lessonEndpoints(lessons: Lessons, panes: PaneShapes): Endpoints {
  const shapes = lessonAnswers(panes);
  const quietly = { labModeOnly: true, quiet: true } as const;
  return {
    "lab/lesson": {
      POST: operation({
        ...quietly,
        summary: "Begin a lesson",
        description:
          "In a new lab, which has no address and is reached by the lesson alone. `played`: so many of its steps are played at once. An earlier lesson of this lab ends. One of a lab at a time; over after an hour without a step.",
        lab: "start",
        plays: true,
        body: beginBody,
        answers: { 200: [asJson(shapes.lesson)] },
        run: (call) => begin(call, lessons),
      }),
    },
    "lab/lesson/:id": {
      POST: operation({
        ...quietly,
        summary: "Play the next step of a lesson",
        description: "`step` counts from 0. A step that was played is answered as it was recorded.",
        lab: "named",
        plays: true,
        body: stepBody,
        answers: { 200: [asJson(shapes.frame)] },
        run: (call) => play(call, lessons),
      }),
      DELETE: {
        ...quietly,
        summary: "Leave a lesson: its lab is reset",
        lab: "named",
        answers: { 204: [] },
        run: (call) => leave(call, lessons),
      },
    },
  };
}

async function begin({ context, body, request }: Call<z.infer<typeof beginBody>>, lessons: Lessons): Promise<Answer> {
  if (!context) return notFound;
  const begun = await lessons.begin(context.lab.id, { name: body.name, played: body.played ?? 0 });
  // Its reader left meanwhile and has no id to leave it by.
  if (begun.ok && request.signal.aborted) await lessons.end(context.lab.id, begun.value.id);
  if (begun.ok) return json(begun.value);
  const { retryAfter, ...declined } = begun;
  return { ...declined, ...(retryAfter !== undefined && { headers: { "retry-after": String(retryAfter) } }) };
}

async function play({ context, body, params }: Call<z.infer<typeof stepBody>>, lessons: Lessons): Promise<Answer> {
  if (!context) return notFound;
  const played = await lessons.play(context.lab.id, { id: params["id"] ?? "", step: body.step });
  return played.ok ? json(played.value) : played;
}

async function leave({ context, params }: Call, lessons: Lessons): Promise<Answer> {
  if (!context) return notFound;
  const isEnded = await lessons.end(context.lab.id, params["id"] ?? "");
  return isEnded ? new Response(null, { status: 204 }) : notFound;
}
