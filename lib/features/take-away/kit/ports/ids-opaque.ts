import { createNodeSecrets } from "../../../../adapters/node-secrets.ts";
import type { Secrets } from "../../../../core/ports.ts";
import type { Base } from "../surroundings.ts";
import { keysOf } from "./keys.ts";

/** Random ids, which carry only the address that they belong to. */
export function secretsOf(base: Base): Secrets {
  return createNodeSecrets({ address: base.address, successorKeys: keysOf(base).successor(base.variant.id) });
}
