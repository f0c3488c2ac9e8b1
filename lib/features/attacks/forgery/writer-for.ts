import type { Material } from "./forgery-case.ts";
import type { TokenKey } from "./lab-key-ring.ts";
import { algorithmOf, attackers, partsOfToken } from "./token-parts.ts";
import { createForge } from "./token-writer.ts";

/** A writer of tokens for this credential, signing with the attacker's key unless it is given another. */
export function writerFor({ credential, form }: Material, key?: TokenKey) {
  const parts = partsOfToken(credential);
  const attacker = attackers()[algorithmOf(form)];
  return { ...parts, attacker, ...createForge({ ...parts, key: key?.privateKey ?? attacker.privateKey }) };
}
