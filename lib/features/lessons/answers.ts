import { z } from "zod";
import { exchange, refusalCode } from "../../http/openapi/shapes.ts";

/** The shapes of `GET /api/lab` that a lesson's panes share with it. */
export type PaneShapes = Readonly<Record<"clock" | "people" | "variants" | "held" | "cookies", z.ZodType>>;

const seconds = z.number().nullable();

const lane = z.strictObject({
  holder: z.enum(["alice", "thief"]),
  flow: z.string(),
  credential: z.enum(["access", "refresh"]),
  name: z.string(),
  code: refusalCode.nullable(),
  inAfter: seconds,
  endsAfter: seconds,
  reason: z.string(),
});

/** What was recorded at one step, and a lesson with the steps that were played. */
export function lessonAnswers(panes: PaneShapes) {
  const frame = z
    .strictObject({
      step: z.int(),
      markedAfter: seconds,
      lanes: z.array(lane),
      records: z.record(z.string(), z.int()),
      panes: z.strictObject({ ...panes, exchanges: z.array(exchange) }),
      differs: z.array(z.string()),
    })
    .meta({ id: "LessonFrame", description: "A step of a lesson, done. No credential in it is whole." });
  const lesson = z
    .strictObject({ id: z.string(), name: z.string(), frames: z.array(frame) })
    .meta({ id: "Lesson", description: "A lesson that plays in a lab of its own." });
  return { frame, lesson };
}
