import type { Composition } from "./composition.ts";

const place: unique symbol = Symbol.for("loginscope.composition");
const shared: typeof globalThis & { [place]?: Promise<Composition> } = globalThis;

/**
 * The one composition of this process, which `boot.ts` starts before the first request. It hangs on `globalThis` because
 * routes and pages are bundled apart: a variable of this module would be one in each. Only its type is imported here, so
 * the server is compiled once and not into each page and route again.
 */
export function application(): Promise<Composition> {
  const composition = shared[place];
  if (!composition)
    throw new Error("The application has not been started: boot.ts does that before the first request.");
  return composition;
}

/** Makes it the one of this process, unless there is one. */
export function startApplication(start: () => Promise<Composition>): Promise<Composition> {
  shared[place] ??= start();
  return shared[place];
}
