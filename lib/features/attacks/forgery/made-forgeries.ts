import type { CredentialKind } from "../../../core/credential.ts";
import type { VariantId } from "../../../core/ids.ts";
import type { FlowManifest } from "../../../core/variant.ts";
import { addressOf, variantOf } from "../../../http/request/address.ts";
import { changedParts } from "./changed-parts.ts";
import { materialFor } from "./forgery-case.ts";
import { formOf } from "./form-of.ts";
import type { LabKeyRing } from "./lab-key-ring.ts";
import type { MadeForgery } from "./model.ts";
import { forgeriesOf, toldOf } from "./table.ts";

/** The cases of the table that are about this credential, each with what it makes of it. A case may make several. */
export function madeFrom(
  manifest: FlowManifest,
  credential: string,
  as: CredentialKind,
  keysOf: (variant: VariantId) => LabKeyRing,
): readonly MadeForgery[] {
  const address = addressOf(credential);
  const variant = manifest.variants.find(({ id }) => address !== null && id === variantOf(manifest.id, address));
  if (!variant) return [];
  // What renews a login is an id that leads to a record, whatever the login itself is.
  const form = as === "refresh" ? "opaque-id" : formOf(credential, variant);
  const keys = keysOf(variant.id);
  return forgeriesOf(form).flatMap((forgery) => {
    const [forged] = forgery.make(materialFor(forgery, { credential, form, keys }));
    return forged === undefined
      ? []
      : [{ ...toldOf(forgery), forged, changed: changedParts(form, credential, forged) }];
  });
}
