import type { VariantId } from "../core/ids.ts";
import type { Secrets } from "../core/ports.ts";
import type { VariantSettings } from "../core/settings.ts";
import type { LabKeys } from "./derived-keys.ts";
import type { RandomBytes } from "./node-random.ts";
import { createNodeSecrets } from "./node-secrets.ts";
import { createSignedSecrets } from "./signed-secrets.ts";

type SecretsOptions = {
  readonly address: string;
  readonly variant: VariantId;
  readonly keys: LabKeys;
  readonly bytes?: RandomBytes;
};

/** Each kind of id, with the keys of one lab and one variant that it needs. */
export const idSecrets = {
  opaque,
  signed: (place: SecretsOptions) => createSignedSecrets(opaque(place), place.keys.idSigning(place.variant)),
} as const satisfies Readonly<Record<NonNullable<VariantSettings["id"]>, (place: SecretsOptions) => Secrets>>;

function opaque({ address, variant, keys, bytes }: SecretsOptions): Secrets {
  return createNodeSecrets({ address, successorKeys: keys.successor(variant), ...(bytes && { bytes }) });
}
