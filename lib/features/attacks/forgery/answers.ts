import { z } from "zod";
import { refusalCode } from "../../../http/openapi/shapes.ts";
import type { ForgeryPlay, MadeForgery } from "./model.ts";

const told = {
  id: z.string(),
  title: z.string(),
  source: z.string(),
  needs: z.enum(["nothing", "published-key", "signing-key"]),
  short: z.string().nullable(),
};

const line = z.strictObject({ file: z.string(), line: z.int(), text: z.string() });
const defence = z.strictObject({
  status: z.int(),
  code: refusalCode.nullable(),
  at: z.string().nullable(),
  line: line.nullable(),
});
const weakness = z.union([
  z.strictObject({ verifier: z.string(), gotIn: z.boolean() }),
  z.strictObject({ none: z.string() }),
]);
const changed = z.strictObject({ name: z.string(), before: z.string(), after: z.string() });
const form = z.enum([
  ...["EdDSA", "ES256", "HS256"],
  ...["signed-cookie", "sealed-cookie", "plain-cookie", "signed-id", "opaque-id"],
] as const);

const played = z.strictObject({
  ...told,
  weakness,
  defence: defence.nullable(),
  asExpected: z.boolean(),
  changed: z.array(changed),
});

export const playAnswer = z
  .union([
    z.strictObject({ tried: z.literal(true), form, cases: z.array(played) }),
    z.strictObject({ tried: z.literal(false), why: z.string() }),
  ])
  .meta({
    id: "ForgeryPlay",
    description:
      "Forged credentials of one variant, each as a verifier with a known mistake and as the variant took it.",
  }) satisfies z.ZodType<ForgeryPlay>;

export const madeAnswer = z
  .strictObject({ made: z.array(z.strictObject({ ...told, forged: z.string(), changed: z.array(changed) })) })
  .meta({
    id: "MadeForgeries",
    description: "What an attacker would send in place of a credential.",
  }) satisfies z.ZodType<{ readonly made: readonly MadeForgery[] }>;
