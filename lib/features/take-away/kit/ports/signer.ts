import { createJoseSigner } from "../../../../adapters/jose-signer.ts";
import type { Signer } from "../../../../core/ports.ts";
import type { Base } from "../surroundings.ts";
import { keysOf } from "./keys.ts";

export function signerOf(base: Base): Signer {
  const { id, settings } = base.variant;
  const keys = keysOf(base).signing(settings.algorithm ?? "EdDSA");
  return createJoseSigner({ keys, issuer: base.origin, variant: id, skew: settings.lifetimes.skew, clock: base.clock });
}
