import { randomBytes } from "node:crypto";
import type { Random } from "../core/ports.ts";

/** Public identifiers of 128 random bits: unguessable, although they open nothing. */
export function createNodeRandom(): Random {
  return { id: () => randomBytes(16).toString("base64url") };
}
