import type { CredentialKind } from "@/lib/core/credential.ts";
import type { FlowId, VariantId } from "@/lib/core/ids.ts";

/** A variant whose credentials are stolen. */
export type StolenVariant = {
  readonly id: VariantId;
  readonly title: string;
  readonly flow: FlowId;
  readonly flowTitle: string;
  readonly credentials: readonly StolenCredential[];
};

export type StolenCredential = {
  readonly kind: CredentialKind;
  readonly name: string;
  /** A record is asked, which knows the client that it was given to. */
  readonly isBound: boolean;
};
