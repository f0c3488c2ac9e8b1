import type { FlowId, VariantId } from "@/lib/core/ids.ts";
import type { ForgedAs } from "@/lib/features/attacks/leaked-key/model.ts";

/** A variant, with the keys whose leak is about it. */
export type LeakedVariant = {
  readonly id: VariantId;
  readonly title: string;
  readonly flow: FlowId;
  readonly flowTitle: string;
  readonly keys: readonly string[];
  /** Why no key makes its credential. `null`: one does. */
  readonly why: string | null;
  readonly forgedAs: ForgedAs;
  readonly revocation: "none" | "user-version" | "denylist";
};
