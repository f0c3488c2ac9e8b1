import type { RandomBytes } from "../adapters/node-random.ts";
import { createSeeded } from "../features/refresh-bench/seeded.ts";

/** The same bytes for the same seed: an application that draws them makes the same ids, secrets and labs each time. */
export function seededBytes(seed: number): RandomBytes {
  const below = createSeeded(seed);
  return (size) => Buffer.from(Array.from({ length: size }, () => below(256)));
}
