import type { AttackOrigins, OtherEngine } from "../hosts/model.ts";
import { otherEngine } from "../other-engine.ts";
import { tossingPlay } from "./endpoints.ts";
import type { TossingPlay } from "./model.ts";
import recording from "./recorded.json" with { type: "json" };
import firefoxRecording from "./recorded-firefox.json" with { type: "json" };

/** The play that is kept in the repository. A browser test plays it again, and compares. */
export const recordedTossing: TossingPlay = tossingPlay.parse(recording);

/** The same with the names of this server's hosts. */
export function recordedAt(origins: AttackOrigins): TossingPlay {
  return { ...recordedTossing, origins };
}

/** What the same play came to in Firefox. A browser test plays it there, and compares. */
export const inFirefox: OtherEngine = otherEngine.parse(firefoxRecording);
