import { z } from "zod";
import { instant } from "../../../http/openapi/shapes.ts";
import { type ResiduePlay, residueDefences, residueEnds, residueSources } from "./model.ts";
import recording from "./recorded.json" with { type: "json" };

const seen = z.strictObject({ texts: z.array(z.string()), source: z.enum(residueSources) }).nullable();

const play = z.strictObject({
  playedAt: instant,
  browser: z.string(),
  restores: z.boolean(),
  prefetches: z.boolean(),
  walks: z.array(
    z.strictObject({
      id: z.string(),
      flow: z.string(),
      end: z.enum(residueEnds),
      defence: z.enum(residueDefences),
      before: z.string(),
      seen: z.strictObject({ back: seen, cached: seen, prefetched: seen, router: seen, tab: seen }),
    }),
  ),
}) satisfies z.ZodType<ResiduePlay>;

/** The plays that are kept in the repository, one a browser. Browser tests play again, and compare. */
export const recordedPlays: readonly ResiduePlay[] = z.array(play).min(1).parse(recording);
