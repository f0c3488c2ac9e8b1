import type { Variant } from "../../../core/variant.ts";
import { sessionIdIn } from "../../../lab/cookies/session-id.ts";
import type { PlantTold, PlayedFixation } from "./model.ts";

/**
 * What a variant claims for the planted id, after alice's login. `null`: it has no session id, so there is nothing to
 * plant.
 */
export function claimedOf(
  { claims, settings }: Pick<Variant, "claims" | "settings">,
  plant: PlantTold["id"],
  keeps: boolean,
): PlayedFixation["thief"] | null {
  const kind = sessionIdIn(settings);
  if (kind === null) return null;
  // Nobody can make up an id that is signed, so it is not kept either.
  if (plant === "made-up" && (!keeps || settings.id === "signed")) return { code: "INVALID_CREDENTIAL", as: null };
  const claim = claims[keeps ? "fixation-kept" : "fixation"]?.find(({ credential }) => credential === kind);
  if (!claim) return null;
  return claim.outcome === "exposed" ? { code: null, as: "alice" } : { code: claim.outcome, as: null };
}
