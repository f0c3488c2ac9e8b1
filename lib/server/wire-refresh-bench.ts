import { randomBytes } from "node:crypto";
import { deriveLabKeys } from "../adapters/derived-keys.ts";
import { refuse } from "../core/result.ts";
import type { WireBench } from "../features/refresh-bench/bench-server.ts";
import { createMemoryPorts } from "../stores/memory/memory-ports.ts";
import { wireFlow } from "./wire-flow.ts";

const labId = "bench";

/** A variant's real ports over a store in memory, with keys of their own, which are created once and used by no lab. */
export function wireRefreshBench(): WireBench {
  const secret = randomBytes(32).toString("base64url");
  const keys = deriveLabKeys({ secrets: [secret], labId, salt: "refresh bench", generations: [1] });
  return ({ variant, issuer, clock, people, tables }) =>
    wireFlow({
      // The bench does not test passwords, and hashing one would take longer than the rest of a run.
      ...createMemoryPorts({ people, passwords: { verify: async (hash, password) => hash === password }, tables }),
      ...{ variant, labId, issuer, keys, clock },
      // The bench has no session service.
      introspection: { ask: async () => refuse("INVALID_CREDENTIAL") },
      log: { record() {} },
    });
}
