import { z } from "zod";
import { refusalCode, variantId } from "../../../http/openapi/shapes.ts";
import { bindings, type TheftPlay } from "./model.ts";

const answer = z.strictObject({
  status: z.int(),
  code: refusalCode.nullable(),
  as: z.string().nullable(),
  at: z.string().nullable(),
  noted: z.enum(["client-changed", "client-refused"]).nullable(),
});

const played = z
  .strictObject({
    sender: z.string(),
    binding: z.enum(bindings),
    credential: z.enum(["access", "refresh"]),
    answer,
    arrived: z.strictObject({
      ...{ line: z.string(), userAgent: z.string(), address: z.string(), device: z.string(), credential: z.string() },
    }),
    line: z.strictObject({ file: z.string(), line: z.int(), text: z.string() }).nullable(),
    asClaimed: z.boolean(),
  })
  .meta({ id: "PlayedTheft", description: "One of alice's credentials, from one sender, under one binding." });

export const playAnswer = z
  .union([
    z.strictObject({ tried: z.literal(true), variant: variantId, played: z.array(played) }),
    z.strictObject({ tried: z.literal(false), variant: variantId, why: z.string() }),
  ])
  .meta({
    id: "TheftPlay",
    description: "alice's credentials of one variant from other clients, with binding off, warn and enforce.",
  }) satisfies z.ZodType<TheftPlay>;
