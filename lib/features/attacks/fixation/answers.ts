import { z } from "zod";
import { refusalCode, variantId } from "../../../http/openapi/shapes.ts";
import type { FixationPlay } from "./model.ts";

const held = z.strictObject({ id: z.string(), isPlanted: z.boolean() }).nullable();

const step = z
  .strictObject({
    by: z.enum(["thief", "alice"]),
    does: z.string(),
    sent: z
      .strictObject({
        line: z.string(),
        status: z.int(),
        code: refusalCode.nullable(),
        as: z.string().nullable(),
        at: z.strictObject({ file: z.string(), line: z.int(), text: z.string() }).nullable(),
      })
      .nullable(),
    holds: z.strictObject({ thief: held, alice: held }),
  })
  .meta({ id: "FixationStep", description: "What one of two windows did, and what each holds after it." });

const played = z.strictObject({
  plant: z.enum(["own", "made-up"]),
  keeps: z.boolean(),
  steps: z.array(step),
  thief: z.strictObject({ code: refusalCode.nullable(), as: z.string().nullable() }),
  asClaimed: z.boolean(),
});

export const playAnswer = z
  .union([
    z.strictObject({ tried: z.literal(true), variant: variantId, cookie: z.string(), played: z.array(played) }),
    z.strictObject({ tried: z.literal(false), variant: variantId, why: z.string() }),
  ])
  .meta({
    id: "FixationPlay",
    description: "A session id that a thief planted before the login, with and without a login that keeps it.",
  }) satisfies z.ZodType<FixationPlay>;
