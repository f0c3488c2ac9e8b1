/**
 * Loaded before a server that is only tested (`node --import`): argon2id at a hundredth of its cost. A browser test waits
 * for thousands of hashes and tests none of them; `lib/adapters/argon2-passwords.test.ts` does, and the demo of
 * `npm run check:demo` logs in at the full cost. The server's own code is untouched: its hashes name the usual cost.
 */

import crypto, { type Argon2Parameters } from "node:crypto";
import { syncBuiltinESMExports } from "node:module";

/** The cost at which a test in process hashes (`test-application.ts`). */
const cheap = { memory: 64, passes: 1 } as const;

const { argon2 } = crypto;
type Derived = (error: Error | null, tag: Buffer) => void;

Object.assign(crypto, {
  argon2: (algorithm: Parameters<typeof argon2>[0], asked: Argon2Parameters, derived: Derived) =>
    argon2(algorithm, { ...asked, ...cheap }, derived),
});
// Modules that import it by its name get this one as well.
syncBuiltinESMExports();
