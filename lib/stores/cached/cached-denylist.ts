import type { Denylist } from "../../core/ports.ts";
import { type CachedOptions, type CachedPlace, dropping, readThrough } from "./read-cache.ts";

/** The same list; what is added or deleted through it is no longer answered from the cache. */
export function createForgettingDenylist(denylist: Denylist, at: CachedPlace<boolean>): Denylist {
  return {
    ...denylist,
    add: (jti, until) => dropping(at, jti, () => denylist.add(jti, until)),
    // A sweep only takes tokens from the list.
    sweep: (now) =>
      dropping(
        at,
        (listed) => listed,
        () => denylist.sweep(now),
      ),
  };
}

/**
 * The same list with a cache in front. That a token is not on the list is remembered too: it is what nearly every
 * request is told, and what is out of date once another process puts the token there.
 */
export function createCachedDenylist(denylist: Denylist, options: CachedOptions<boolean>): Denylist {
  const read = readThrough(options);
  return {
    ...createForgettingDenylist(denylist, options),
    has: async (jti, how) => (await read(jti, () => denylist.has(jti), how)) === true,
  };
}
