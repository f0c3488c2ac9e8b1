import type { FlowModule } from "../core/flow.ts";
import type { VariantId } from "../core/ids.ts";
import type { Variant } from "../core/variant.ts";
import type { Stores } from "./stores.ts";

export type Offer = {
  readonly flows: readonly FlowModule[];
  /** The variants that are not offered, each with a sentence on what is missing. */
  readonly missing: ReadonlyMap<VariantId, string>;
};

/** The flows with the variants that can log in here: those with a configured store. */
export function offeredFlows(flows: readonly FlowModule[], stores: Pick<Stores, "needs">): Offer {
  const needs = ({ settings }: Variant) => (settings.store ? stores.needs(settings.store) : null);
  const missing = flows
    .flatMap(({ manifest }): readonly Variant[] => manifest.variants)
    .flatMap((variant): readonly (readonly [VariantId, string])[] => {
      const needed = needs(variant);
      return needed ? [[variant.id, `${variant.id} needs ${needed}.`]] : [];
    });
  return {
    flows: flows.map(({ manifest, create }) => {
      const [first, ...others] = manifest.variants.filter((variant) => !needs(variant));
      if (!first) throw new Error(`Nothing that ${manifest.id} needs is configured`);
      return { manifest: { ...manifest, variants: [first, ...others] }, create };
    }),
    missing: new Map(missing),
  };
}
