import { z } from "zod";
import { instant, sourceLine, variantId } from "../../http/openapi/shapes.ts";
import { clientKinds, columnGroups, measuredActions } from "./model.ts";

const source = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("line"), ...sourceLine.shape }),
  z.strictObject({ kind: z.literal("experiment"), variant: variantId, experiment: z.string().nullable() }),
  z.strictObject({
    kind: z.literal("evidence"),
    variant: variantId,
    part: z.enum([...measuredActions, "files", "packages"]),
  }),
]);

const copy = z.strictObject({
  standing: z.enum(["in", "out", "goes-on", "ended", "count"]),
  text: z.string(),
  note: z.string().exactOptional(),
  code: z.string().exactOptional(),
  credential: z.enum(["access", "refresh"]).exactOptional(),
  order: z.number(),
  depth: z.literal([0, 1, 2, 3, 4]),
  claimed: z.string().exactOptional(),
});

const cell = z
  .strictObject({
    text: z.string(),
    short: z.string().exactOptional(),
    copies: z.strictObject({ silent: copy, active: copy }).exactOptional(),
    detail: z.string().exactOptional(),
    order: z.union([z.number(), z.string()]).nullable(),
    said: z.enum(["claimed", "observed", "partly observed"]).exactOptional(),
    played: z.strictObject({ at: instant, holds: z.boolean() }).exactOptional(),
    tone: z.enum(["in", "out"]).exactOptional(),
    sources: z.array(source).min(1),
  })
  .meta({ id: "ComparisonCell" });

const column = z.strictObject({
  id: z.string(),
  group: z.enum(columnGroups),
  band: z.string(),
  title: z.string(),
  how: z.string(),
  measured: z.boolean(),
  experiment: z.string().exactOptional(),
});

const row = z.strictObject({
  variant: variantId,
  flow: z.string(),
  flowTitle: z.string(),
  title: z.string(),
  safety: z.enum(["safe", "limited", "unsafe"]),
  isDefault: z.boolean(),
  clients: z.array(z.enum(clientKinds)),
  endsAtOnce: z.array(z.string()),
  cells: z.record(z.string(), cell),
});

export const comparisonAnswer = z
  .strictObject({
    columns: z.array(column),
    rows: z.array(row),
    measured: z.strictObject({ at: instant, version: z.string() }).nullable(),
  })
  .meta({ id: "Comparison", description: "Every variant over every column, each cell with where it comes from." });
