import { createHash, createHmac, randomBytes } from "node:crypto";
import type { Secrets } from "../core/ports.ts";

/**
 * Opaque secrets as `<lab>.<variant>.<256 random bits>`. The address in front tells the server where to
 * look before it knows anything; it is hashed with the rest, so a changed address finds nothing.
 */
export function createNodeSecrets({ address, successorKey }: { address: string; successorKey: Buffer }): Secrets {
  return {
    mint: () => `${address}.${randomBytes(32).toString("base64url")}`,
    successor: (secret) => `${address}.${createHmac("sha256", successorKey).update(secret).digest("base64url")}`,
    hash: (secret) => createHash("sha256").update(secret).digest("base64url"),
  };
}
