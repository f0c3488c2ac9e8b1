import type { FlowId, VariantId } from "@/lib/core/ids.ts";

/** A variant, and the cookie of its session id. `null`: it has none, so there is nothing to plant. */
export type PlantedVariant = {
  readonly id: VariantId;
  readonly title: string;
  readonly flow: FlowId;
  readonly flowTitle: string;
  readonly cookie: string | null;
};
