import type { Variant } from "../core/variant.ts";

/**
 * Whether this variant's credential can be written without a key: then the rules about changed credentials do not
 * apply.
 */
export function isForgeable({ claims }: Pick<Variant, "claims">): boolean {
  return claims["forge"]?.some(({ outcome }) => outcome === "exposed") ?? false;
}
