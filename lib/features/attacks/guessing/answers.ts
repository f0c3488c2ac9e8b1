import { z } from "zod";
import { refusalCode } from "../../../http/openapi/shapes.ts";
import type { GuessingPlay, LoginTimes } from "./model.ts";

const outcome = {
  succeeded: z.boolean(),
  status: z.int(),
  code: refusalCode.nullable(),
  wait: z.int().nullable(),
  sent: z.int(),
  hashed: z.int(),
  line: z.strictObject({ file: z.string(), line: z.int(), text: z.string() }),
};

const played = z.strictObject({
  ...{ id: z.string(), title: z.string(), source: z.string(), does: z.string(), decidedBy: z.string() },
  weakness: z.strictObject({ mistake: z.string(), ...outcome }),
  defence: z.strictObject(outcome),
});

export const playAnswer = z
  .union([
    z.strictObject({ tried: z.literal(true), played, waits: z.array(z.int()) }),
    z.strictObject({ tried: z.literal(false), why: z.string() }),
  ])
  .meta({
    id: "GuessingPlay",
    description: "An attack by guessing, against limits with a known mistake and against the right ones.",
  }) satisfies z.ZodType<GuessingPlay>;

const measured = z.strictObject({ known: z.boolean(), milliseconds: z.number() });

export const timesAnswer = z.strictObject({ logins: z.array(measured) }).meta({
  id: "LoginTimes",
  description: "How long refused logins took, by a name that somebody has and by one that nobody has.",
}) satisfies z.ZodType<LoginTimes>;
