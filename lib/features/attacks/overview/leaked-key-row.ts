import type { FlowId } from "../../../core/ids.ts";
import type { FlowManifest, Variant } from "../../../core/variant.ts";
import { expectedOf } from "../leaked-key/expected.ts";
import { keyUnder } from "../leaked-key/leaked-keys.ts";
import type { AttackCell, AttackRow } from "./model.ts";

/** Perfect credentials, as each variant claims to answer them. A test plays the claim of every variant. */
export function leakedKeyRow(manifests: readonly FlowManifest[]): AttackRow {
  return {
    id: "leaked-key",
    group: "Makes or guesses one",
    title: "Leaked key",
    words: "A perfect signature that nobody gave out.",
    href: "/attacks/leaked-key",
    stops: "a record, or new keys",
    cells: Object.fromEntries(
      manifests.map(({ id, variants, defaults }): [FlowId, AttackRow["cells"][FlowId]] => {
        const variant = variants.find((each) => each.id === defaults.lab) ?? variants[0];
        const answered = cellOf(variant);
        return [id, { without: answered.outcome === "refused" ? withoutRecord(variants) : answered, with: answered }];
      }),
    ),
  };
}

function cellOf(variant: Variant): AttackCell {
  const key = keyUnder(variant);
  if (key === null) return { outcome: "cannot", words: "there is no key" };
  const { reads } = expectedOf(key, variant);
  return reads === null
    ? { outcome: "succeeds", words: "until the keys rotate" }
    : { outcome: "refused", words: reads };
}

/** The same flow's variant that believes a signature and looks up no record. */
export function believingVariant(variants: readonly Variant[]): Variant | undefined {
  return variants.find((variant) => cellOf(variant).outcome === "succeeds");
}

function withoutRecord(variants: readonly Variant[]): AttackCell {
  const believing = believingVariant(variants);
  if (!believing) return { outcome: "cannot", words: "every variant looks up a record" };
  return { outcome: "succeeds", words: `${believing.title}: no record is asked` };
}
