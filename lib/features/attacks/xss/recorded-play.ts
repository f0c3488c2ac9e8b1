import type { OtherEngine } from "../hosts/model.ts";
import { otherEngine } from "../other-engine.ts";
import { xssPlay } from "./endpoints.ts";
import type { XssPlay } from "./model.ts";
import recording from "./recorded.json" with { type: "json" };
import firefoxRecording from "./recorded-firefox.json" with { type: "json" };

/** The play that is kept in the repository. A browser test plays it again, and compares. */
export const recordedPlay: XssPlay = xssPlay.parse(recording);

/** What the same play came to in Firefox. A browser test plays it there, and compares. */
export const inFirefox: OtherEngine = otherEngine.parse(firefoxRecording);
