import type { Material } from "./forgery-case.ts";
import type { TokenKey } from "./lab-key-ring.ts";
import { algorithmOf, attackers, partsOfToken } from "./token-parts.ts";
import { createForge } from "./token-writer.ts";

/**
 * A writer of tokens for this credential, signing with the attacker's key unless it is given another. A key that is given
 * is named as well: after a rotation the credential may name an older one.
 */
export function writerFor({ credential, form }: Material, key?: TokenKey) {
  const parts = partsOfToken(credential);
  const attacker = attackers()[algorithmOf(form)];
  const header = key ? { ...parts.header, kid: key.kid } : parts.header;
  return {
    ...parts,
    header,
    attacker,
    ...createForge({ ...parts, header, key: key?.privateKey ?? attacker.privateKey }),
  };
}
