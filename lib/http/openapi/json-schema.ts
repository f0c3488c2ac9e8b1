import { z } from "zod";

export type JsonSchema = { readonly [key: string]: unknown };

type Schemas = {
  /** As JSON Schema 2020-12, in which what has a name is a reference to a component. `input`: as it is sent. */
  of(schema: z.ZodType, io: "input" | "output"): JsonSchema;
  /** The components that were referred to so far. */
  components(): Readonly<Record<string, unknown>>;
};

const wrapped = z.object({
  $defs: z.record(z.string(), z.unknown()).optional(),
  properties: z.record(z.string(), z.unknown()),
});
const plain = z.record(z.string(), z.unknown());

/** Turns the schemas that bodies are parsed with into those of an OpenAPI document. */
export function createJsonSchemas(): Schemas {
  const components: Record<string, unknown> = {};
  return {
    of(schema, io) {
      // As a member, since only what stands inside another schema becomes a reference.
      const written = z.toJSONSchema(z.object({ root: schema }), {
        io,
        unrepresentable: "any",
        override: withoutNoise,
      });
      const { $defs = {}, properties } = wrapped.parse(referringToComponents(written));
      Object.assign(components, $defs);
      return plain.parse(properties["root"]);
    },
    components: () => Object.fromEntries(Object.entries(components).sort(([a], [b]) => a.localeCompare(b))),
  };
}

/** A date has a format, and every whole number the same bounds: neither tells a reader more. */
function withoutNoise({
  jsonSchema,
}: {
  jsonSchema: { format?: unknown; pattern?: unknown; minimum?: unknown; maximum?: unknown };
}) {
  if (jsonSchema.format === "date-time") delete jsonSchema.pattern;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}

function referringToComponents(schema: unknown): unknown {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'));
}
