import { xssPlay } from "./endpoints.ts";
import type { XssPlay } from "./model.ts";
import recording from "./recorded.json" with { type: "json" };

/** The play that is kept in the repository. A browser test plays it again, and compares. */
export const recordedPlay: XssPlay = xssPlay.parse(recording);
