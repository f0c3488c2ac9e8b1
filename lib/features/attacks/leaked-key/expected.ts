import type { RefusalCode } from "../../../core/refusal.ts";
import type { Variant } from "../../../core/variant.ts";
import { forgedAs, publicKeys } from "./leaked-keys.ts";

/** What a variant claims to answer to a perfect forgery. `null`: it gets in. */
export type Expected = { readonly reads: RefusalCode | null; readonly acts: RefusalCode | null };

/**
 * A variant that believes a signature or a seal lets it in, and one that looks up a record does not: the thief has no
 * record. To act, each flow with records wants a live one.
 */
export function expectedOf(key: string, variant: Pick<Variant, "id" | "settings">): Expected {
  const { proof, id, store } = variant.settings;
  const acts = forgedAs(variant) === "service" ? null : "INVALID_CREDENTIAL";
  if (key === publicKeys) return { reads: "INVALID_CREDENTIAL", acts };
  if (forgedAs(variant) === "service") return { reads: null, acts: null };
  if (proof === "token-and-record" || proof === "id-or-token" || id === "signed") {
    return { reads: "INVALID_CREDENTIAL", acts: "INVALID_CREDENTIAL" };
  }
  return { reads: null, acts: store === undefined ? null : "REVOKED" };
}
