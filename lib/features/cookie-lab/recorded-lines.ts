import { z } from "zod";
import { instant } from "../../http/openapi/shapes.ts";
import type { EngineLines } from "./model.ts";
import recording from "./recorded-firefox.json" with { type: "json" };

const seen = z.strictObject({ travels: z.boolean(), scripts: z.boolean() });
const lines = z.strictObject({
  playedAt: instant,
  browser: z.string(),
  tried: z.int(),
  differences: z.array(z.strictObject({ line: z.string(), byScript: z.boolean(), computed: seen, observed: seen })),
}) satisfies z.ZodType<EngineLines>;

/** What Firefox did with the lines of the laboratory. A browser test tries them again, and compares. */
export const linesInFirefox: EngineLines = lines.parse(recording);
