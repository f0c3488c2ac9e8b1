import { z } from "zod";

/** One form that an answer can have: JSON, a stream of which each item has that shape, or a file. */
export type Content =
  | { readonly type: "application/json"; readonly schema: z.ZodType }
  | { readonly type: "application/x-ndjson" | "text/event-stream"; readonly item: z.ZodType }
  | { readonly type: "application/zip" | "text/csv" };

/** The answers of an operation that are no refusals, by status. No content: `[]`. */
export type Answers = Readonly<Record<number, readonly Content[]>>;

export function asJson(schema: z.ZodType): Content {
  return { type: "application/json", schema };
}

const stoppingLine = z
  .strictObject({ type: z.literal("failed"), reason: z.string() })
  .meta({ id: "StoppingLine", description: "The last line where the server stops before the answer is whole." });

/** Newline-delimited JSON. */
export function asLines(item: z.ZodType): Content {
  return { type: "application/x-ndjson", item: z.union([item, stoppingLine]) };
}

/** Server-sent events, with this in the `data` of each. */
export function asEvents(item: z.ZodType): Content {
  return { type: "text/event-stream", item };
}

export const asCsv: Content = { type: "text/csv" };
export const asZip: Content = { type: "application/zip" };
