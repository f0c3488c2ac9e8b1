import type { Claims } from "./claim.ts";
import type { CookieSpec } from "./cookie.ts";
import type { Holding } from "./credential.ts";
import type { FlowId, VariantId } from "./ids.ts";
import type { RefusalCode } from "./refusal.ts";
import type { VariantSettings } from "./settings.ts";

export type Safety = "safe" | "limited" | "unsafe";

/** `revokeOne`: ends a single login, not all of a person's. */
export type OptionalOperation = "refresh" | "list" | "revoke" | "revokeOne" | "data";

export type Variant = {
  readonly id: VariantId;
  readonly title: string;
  readonly safety: Safety;
  /** One sentence: what this variant adds to its flow, or gives up. */
  readonly summary: string;
  readonly settings: VariantSettings;
  /** The credentials of a browser: the one that proves who asks, and the one that renews it. */
  readonly holds: readonly [Holding, ...Holding[]];
  /** A client without a cookie jar can log in as well, and keeps its tokens itself. Absent: it cannot. */
  readonly native?: boolean;
  /** Why the variant lacks an operation, as the refusal says it. A test compares this with the flow itself. */
  readonly cannot: Partial<Record<OptionalOperation, string>>;
  /**
   * What a refusal of its credential means with this variant, where the code's own sentence says more or something else
   * than the variant can know. One sentence a code, whatever the reason was: no answer tells a forger how far he got.
   */
  readonly means?: Partial<Readonly<Record<RefusalCode, string>>>;
  readonly claims: Claims;
};

export type FlowManifest = {
  readonly id: FlowId;
  readonly title: string;
  /** What the flow trusts. */
  readonly trusts: string;
  /** The limit that follows from it. */
  readonly therefore: string;
  /** All cookies that the flow's variants may set. */
  readonly cookies: readonly CookieSpec[];
  readonly variants: readonly [Variant, ...Variant[]];
  /** The variant of a login that names none: in lab mode the plainest one, outside it one that can be ended at once. */
  readonly defaults: { readonly lab: VariantId; readonly production: VariantId };
};
