import { z } from "zod";
import { instant, refusalCode, variantId } from "../../../http/openapi/shapes.ts";
import type { LeakedKeyPlay, MadeWithKey, ShownKey } from "./model.ts";

const line = z.strictObject({ file: z.string(), line: z.int(), text: z.string() });

const answered = z
  .strictObject({
    status: z.int(),
    code: refusalCode.nullable(),
    as: z.strictObject({ username: z.string(), role: z.enum(["user", "admin"]) }).nullable(),
    until: instant.nullable(),
    seconds: z.int().nullable(),
    at: z.string().nullable(),
    line: line.nullable(),
  })
  .meta({
    id: "AnsweredForgery",
    description: "What came of a request with a forged credential. No `code`: it got in.",
  });

const variant = z.strictObject({
  variant: variantId,
  forgedAs: z.enum(["browser", "other-client", "service"]),
  withoutKey: refusalCode.nullable(),
  reads: answered,
  acts: answered.nullable(),
  twice: answered.nullable(),
  asExpected: z.boolean(),
});

const moment = z.strictObject({
  title: z.string(),
  seconds: z.int(),
  thief: answered,
  honest: z.strictObject({ in: z.int(), of: z.int(), code: refusalCode.nullable() }),
});

const rotation = z.strictObject({ variant: variantId, overlap: z.array(moment), cut: z.array(moment) });

const captured = z.strictObject({
  variant: variantId,
  code: refusalCode.nullable(),
  content: z.string().nullable(),
  needs: z.enum(["no-key", "sealing-key"]),
});

const service = z.strictObject({
  variant: variantId,
  holds: z.enum(["secret", "public-key"]),
  verifies: z.boolean(),
  forged: answered,
});

export const playAnswer = z
  .union([
    z.strictObject({
      tried: z.literal(true),
      key: z.string(),
      as: z.string(),
      variants: z.array(variant),
      rotation: rotation.nullable(),
      captured: z.array(captured),
      services: z.array(service),
    }),
    z.strictObject({ tried: z.literal(false), why: z.string() }),
  ])
  .meta({
    id: "LeakedKeyPlay",
    description: "What a thief with one key of a lab gets in each variant, and through a rotation.",
  }) satisfies z.ZodType<LeakedKeyPlay>;

export const keysAnswer = z
  .strictObject({
    keys: z.array(
      z.strictObject({
        id: z.string(),
        title: z.string(),
        kind: z.enum(["secret", "seal", "private", "public"]),
        heldBy: z.string(),
        keyId: z.string(),
        form: z.string(),
        value: z.string(),
      }),
    ),
  })
  .meta({
    id: "LeakedKeys",
    description: "The newest keys of this lab. No answer has the secret that they are derived from.",
  }) satisfies z.ZodType<{ readonly keys: readonly ShownKey[] }>;

export const madeAnswer = z
  .strictObject({
    flow: z.string(),
    variant: variantId,
    credential: z.string(),
    content: z.string(),
    command: z.string(),
    send: z.string(),
  })
  .meta({
    id: "MadeWithKey",
    description: "A credential that nobody issued, under a key of this lab.",
  }) satisfies z.ZodType<MadeWithKey>;
