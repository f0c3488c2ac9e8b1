import type { FlowId, VariantId } from "../../../core/ids.ts";
import type { Instant, Lifetimes } from "../../../core/time.ts";
import type { Identity, UserId } from "../../../core/user.ts";
import type { Variant } from "../../../core/variant.ts";
import type { KeysByAlgorithm } from "../forgery/lab-key-ring.ts";

/** A key of one variant, with the generation that names it. */
export type NamedKey<Key> = { readonly keyId: string; readonly key: Key };

/** The newest keys of a lab, as they were at one moment, and what stands in its credentials besides. */
export type LabLeak = {
  readonly labId: string;
  readonly issuer: string;
  /** The lab's clock. */
  readonly now: Instant;
  /** When the last of the replaced keys stops to verify. `null`: none verifies. */
  readonly overlapEnds: Instant | null;
  readonly tokens: KeysByAlgorithm;
  /** For signed cookies, or for signed ids. */
  hmacOf(variant: VariantId, use: "cookie" | "id"): NamedKey<Buffer>;
  sealOf(variant: VariantId): NamedKey<string>;
  lifetimesOf(variant: Variant): Lifetimes;
  /** A small number, that whoever reads a credential of the person sees, and others count up to. */
  versionOf(flow: FlowId, user: UserId): Promise<number>;
};

/** Whom a forged credential names. */
export type Claimed = Identity & { readonly version: number };
