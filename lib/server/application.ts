import { runningVersion } from "../features/source/running-version.ts";
import { compose } from "./compose.ts";
import type { Composition } from "./composition.ts";
import { overLoopback } from "./inside-call.ts";
import { readEnvironment } from "./process/env.ts";
import { ensureLocalSecret } from "./process/local-secret.ts";

const place: unique symbol = Symbol.for("loginscope.composition");
const shared: typeof globalThis & { [place]?: Promise<Composition> } = globalThis;

/**
 * The one composition of this process. It hangs on `globalThis` because routes and pages are bundled
 * apart: a variable of this module would be one in each.
 */
export function application(): Promise<Composition> {
  shared[place] ??= start();
  return shared[place];
}

async function start(): Promise<Composition> {
  if (process.env.NODE_ENV !== "production") ensureLocalSecret();
  const env = readEnvironment();
  // Now, while the files are what was loaded.
  await runningVersion();
  return compose(env, { call: overLoopback(env.PORT) });
}
