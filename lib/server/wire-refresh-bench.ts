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
  return ({ variant, issuer, clock, people, tables }) => {
    // The bench does not test passwords, and hashing one would take longer than the rest of a run.
    const passwords = { verify: async (hash: string | null, password: string) => hash === password };
    const kept = createMemoryPorts({ people, passwords, tables });
    // The bench has no session service.
    const introspection = { ask: async () => refuse("INVALID_CREDENTIAL") };
    const wired = wireFlow({ ...kept, variant, labId, issuer, keys, clock, introspection });
    return { ...wired, records: kept.records, data: kept.data, log: { record() {} } };
  };
}
