import type { Variant } from "../core/variant.ts";

/** Whether anybody can write this variant's credential without a key: then no rule about changed ones is true of it. */
export function isForgeable({ claims }: Pick<Variant, "claims">): boolean {
  return claims["forge"]?.some(({ outcome }) => outcome === "exposed") ?? false;
}
