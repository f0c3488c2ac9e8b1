import type { AttackOrigins } from "../hosts/model.ts";
import { tossingPlay } from "./endpoints.ts";
import type { TossingPlay } from "./model.ts";
import recording from "./recorded.json" with { type: "json" };

/** The play that is kept in the repository. A browser test plays it again, and compares. */
export const recordedTossing: TossingPlay = tossingPlay.parse(recording);

/** The same with the names of this server's hosts. */
export function recordedAt(origins: AttackOrigins): TossingPlay {
  return { ...recordedTossing, origins };
}
