import { deriveLabKeys, type LabKeys } from "../../adapters/derived-keys.ts";
import type { acceptedAt } from "../../lab/key-ring.ts";
import type { Lab } from "../../lab/lab.ts";
import type { Environment } from "../process/env.ts";

/** The keys of a lab, for the generations that are accepted now. Those under earlier secrets still verify. */
export function deriveKeys(
  { LOGINSCOPE_SECRET: secret, LOGINSCOPE_SECRET_PREVIOUS: previous }: Environment,
  lab: Lab,
  generations: ReturnType<typeof acceptedAt>,
): LabKeys {
  const earlier = new Set(previous.filter((each) => each !== secret));
  return deriveLabKeys({ secrets: [secret, ...earlier], labId: lab.id, salt: lab.salt, generations });
}
