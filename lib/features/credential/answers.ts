import { z } from "zod";
import { decodingStep, identity, instant, refusalCode, traceStep } from "../../http/openapi/shapes.ts";
import type { TryView } from "../../lab/lab-view.ts";

export const tryAnswer = z
  .strictObject({
    accepted: z.boolean(),
    code: refusalCode.nullable(),
    at: z.string().nullable(),
    user: identity.nullable(),
    expiresAt: instant.nullable(),
    decoded: z.array(decodingStep),
    steps: z.array(traceStep),
  })
  .meta({
    id: "Tried",
    description: "What a flow says to a credential, and the steps by which it came to that.",
  }) satisfies z.ZodType<TryView>;
