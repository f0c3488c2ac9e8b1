import { createNodeSecrets } from "../../../../adapters/node-secrets.ts";
import { createSignedSecrets } from "../../../../adapters/signed-secrets.ts";
import type { Secrets } from "../../../../core/ports.ts";
import type { Base } from "../surroundings.ts";
import { keysOf } from "./keys.ts";

/** Random ids with a signature, so that garbage is refused before anything is looked up. */
export function secretsOf(base: Base): Secrets {
  const keys = keysOf(base);
  const { id } = base.variant;
  const random = createNodeSecrets({ address: base.address, successorKeys: keys.successor(id) });
  return createSignedSecrets(random, keys.idSigning(id));
}
