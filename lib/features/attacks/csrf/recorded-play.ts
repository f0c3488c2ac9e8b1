import { csrfPlay } from "./endpoints.ts";
import type { CsrfPlay } from "./model.ts";
import recording from "./recorded.json" with { type: "json" };

/** The play that is kept in the repository. A browser test plays it again, and compares. */
export const recordedPlay: CsrfPlay = csrfPlay.parse(recording);
