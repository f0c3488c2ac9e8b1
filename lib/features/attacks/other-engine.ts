import { z } from "zod";
import { instant } from "../../http/openapi/shapes.ts";
import type { OtherEngine } from "./hosts/model.ts";

/** As it is kept in the repository, beside the recorded play. */
export const otherEngine = z.strictObject({
  playedAt: instant,
  browser: z.string(),
  tried: z.int(),
  differences: z.array(z.string()),
}) satisfies z.ZodType<OtherEngine>;
