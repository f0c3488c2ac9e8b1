import { randomBytes } from "node:crypto";
import type { Random } from "../core/ports.ts";

/** Draws so many random bytes. A test can bring a source that gives the same ones each time. */
export type RandomBytes = (size: number) => Buffer;

export const machineBytes: RandomBytes = (size) => randomBytes(size);

/** Public identifiers of 128 random bits. They are unguessable, although knowing one gives no access. */
export function createNodeRandom(bytes: RandomBytes = machineBytes): Random {
  return { id: () => bytes(16).toString("base64url") };
}
