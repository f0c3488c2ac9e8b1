import { createHash } from "node:crypto";
import { machineBytes } from "../../adapters/node-random.ts";
import type { Hasher } from "../../features/attacks/guessing/bench.ts";
import { createLabMemory } from "../../lab/memory/lab-memory.ts";
import { edgeOf } from "../edge.ts";
import type { Foundation } from "../foundation.ts";
import { createLabContexts } from "../lab-contexts.ts";

/**
 * The same edge, flows, stores and people as everywhere, with another hasher and with limits of its own. So no play takes
 * an attempt of anybody, or pays for the hashes of all that it logs in.
 */
export function edgeApart(foundation: Foundation, hasher: Hasher) {
  // Of its own: it goes with the play.
  const memory = createLabMemory();
  const contexts = createLabContexts({
    ...foundation,
    passwords: hasher,
    memory,
    randomBytes: machineBytes,
    call: async () => {
      throw new Error("Nothing that is played here asks another service");
    },
  });
  const inside = { ...foundation, memory, labContexts: contexts, passwords: { ...foundation.passwords, ...hasher } };
  return { contexts, inside, app: edgeOf({ ...inside, copies: noCopies }) };
}

/** No page looks at copies of a play's logins. */
const noCopies = { answered: async () => {} };

/** Compares as a password is compared. */
export const costless: Hasher = {
  hash: async (password) => createHash("sha256").update(password).digest("base64url"),
  async verify(hash, password) {
    return (await costless.hash(password)) === hash;
  },
  renew: async () => null,
};
