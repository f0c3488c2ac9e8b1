import { createHmac, hash } from "node:crypto";
import type { Secrets } from "../core/ports.ts";
import { machineBytes, type RandomBytes } from "./node-random.ts";

/**
 * Opaque secrets as `<lab>.<variant>.<256 random bits>`. The address in front tells the server where to look. It is
 * hashed with the rest, so a changed address is not found (ASVS 7.2.3, 11.5.1, NIST 5.1 entropy, WSTG-SESS-01). It does
 * not name the person (NIST 5.1.1 opaque), and is far shorter than a cookie may be (ASVS 3.3.5).
 */
export function createNodeSecrets({
  address,
  successorKeys,
  bytes = machineBytes,
}: {
  address: string;
  /** The current key first. */
  successorKeys: readonly [Buffer, ...Buffer[]];
  bytes?: RandomBytes;
}): Secrets {
  const under = (key: Buffer, secret: string) =>
    `${address}.${createHmac("sha256", key).update(secret).digest("base64url")}`;
  return {
    mint: () => `${address}.${bytes(32).toString("base64url")}`,
    successor: (secret) => under(successorKeys[0], secret),
    successors: (secret) => successorKeys.map((key) => under(key, secret)),
    hash: (secret) => hash("sha256", secret, "base64url"),
  };
}
