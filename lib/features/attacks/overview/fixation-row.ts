import type { FlowId } from "../../../core/ids.ts";
import type { FlowManifest, Variant } from "../../../core/variant.ts";
import { claimedOf } from "../fixation/claimed.ts";
import type { AttackCell, AttackRow } from "./model.ts";

/** A planted session id, as each variant claims to answer it. A test plays the claim of every variant that has one. */
export function fixationRow(manifests: readonly FlowManifest[]): AttackRow {
  return {
    id: "fixation",
    group: "Takes or plants a credential",
    title: "Planted session id",
    words: "The thief knows it before alice logs in.",
    href: "/attacks/fixation",
    stops: "a new id at each login",
    cells: Object.fromEntries(
      manifests.map(({ id, variants, defaults }): [FlowId, AttackRow["cells"][FlowId]] => {
        const variant = variants.find((each) => each.id === defaults.lab) ?? variants[0];
        return [id, { without: cellOf(variant, true), with: cellOf(variant, false) }];
      }),
    ),
  };
}

function cellOf(variant: Variant, keeps: boolean): AttackCell {
  const claimed = claimedOf(variant, "own", keeps);
  if (claimed === null) return { outcome: "cannot", words: "there is no id to plant" };
  return claimed.code === null
    ? { outcome: "succeeds", words: "where a login keeps the sent id" }
    : { outcome: "refused", words: claimed.code };
}
