import { deriveLabKeys, type LabKeys } from "../../../../adapters/derived-keys.ts";
import type { Base } from "../surroundings.ts";

/** All keys come from the one secret, and there is no earlier secret beside it. */
export function keysOf({ secret, labId }: Base): LabKeys {
  return deriveLabKeys({ secrets: [secret], labId, salt: "", generations: [1] });
}
