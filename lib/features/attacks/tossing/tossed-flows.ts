import { holdingOf } from "../../../core/credential.ts";
import type { FlowManifest } from "../../../core/variant.ts";
import { bareCookieName } from "../../../lab/cookies/cookie-prefix.ts";
import type { TossedFlow } from "./model.ts";

/** The cookie of each flow's default variant: the one that proves, or else the one that renews. */
export function tossedFlows(manifests: readonly FlowManifest[]): readonly TossedFlow[] {
  return manifests.flatMap((manifest): readonly TossedFlow[] => {
    const variant = manifest.variants.find(({ id }) => id === manifest.defaults.lab) ?? manifest.variants[0];
    const access = holdingOf(variant, "access");
    const about = { flow: manifest.id, title: manifest.title };
    if (access?.travels === "cookie") {
      return [{ ...about, name: bareCookieName(access.cookie), method: "GET", path: `/api/${manifest.id}/me` }];
    }
    const refresh = holdingOf(variant, "refresh");
    if (refresh?.travels !== "cookie") return [];
    return [{ ...about, name: bareCookieName(refresh.cookie), method: "POST", path: `/api/${manifest.id}/refresh` }];
  });
}
