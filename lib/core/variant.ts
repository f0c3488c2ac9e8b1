import type { Claims } from "./claim.ts";
import type { CookieSpec } from "./cookie.ts";
import type { Holding } from "./credential.ts";
import type { FlowId, VariantId } from "./ids.ts";
import type { VariantSettings } from "./settings.ts";

export type Safety = "safe" | "limited" | "unsafe";

/** `revokeOne`: one login rather than all of a person's. */
export type OptionalOperation = "refresh" | "list" | "revoke" | "revokeOne" | "data";

export type Variant = {
  readonly id: VariantId;
  readonly title: string;
  readonly safety: Safety;
  /** One sentence: what this variant adds to its flow or gives up. */
  readonly summary: string;
  readonly settings: VariantSettings;
  /** What a browser holds: what proves who asks, and what renews that. */
  readonly holds: readonly [Holding, ...Holding[]];
  /** A client without a cookie jar can have it as well, and keeps its tokens itself. Absent: it cannot. */
  readonly native?: boolean;
  /** Why an operation is missing, told to whoever asks for it. A test holds it against the flow itself. */
  readonly cannot: Partial<Record<OptionalOperation, string>>;
  readonly claims: Claims;
};

export type FlowManifest = {
  readonly id: FlowId;
  readonly title: string;
  /** What the flow trusts. */
  readonly trusts: string;
  /** And what it therefore cannot do. */
  readonly therefore: string;
  /** Every cookie that a variant may set. */
  readonly cookies: readonly CookieSpec[];
  readonly variants: readonly [Variant, ...Variant[]];
  /** The variant a login gets when it names none: in lab mode the plainest one, outside it one that can be ended at once. */
  readonly defaults: { readonly lab: VariantId; readonly production: VariantId };
};
