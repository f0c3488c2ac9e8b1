import type { Records } from "../../core/ports.ts";
import type { LoginRecord } from "../../core/record.ts";
import { type CachedOptions, type CachedPlace, type Dropped, dropping, readThrough } from "./read-cache.ts";

/** The same store; a change through it drops the cached record at once. It never answers from the cache. */
export function createForgettingRecords(records: Records, at: CachedPlace<LoginRecord>): Records {
  const forgetting = <T>(which: Dropped<LoginRecord>, change: () => Promise<T>) => dropping(at, which, change);

  return {
    ...records,
    add: (record) => forgetting(record.key, () => records.add(record)),
    touch: (key, seen) => forgetting(key, () => records.touch(key, seen)),
    end: (id, why, how) =>
      forgetting(
        (record) => record.id === id,
        () => records.end(id, why, how),
      ),
    replace: (previous, record, how) =>
      forgetting(
        ({ id, key }) => id === previous.id || key === record.key,
        () => records.replace(previous, record, how),
      ),
    endAll: (userId, why, exceptId) =>
      forgetting(
        (record) => record.userId === userId,
        () => records.endAll(userId, why, exceptId),
      ),
    sweep: (now) =>
      forgetting(
        () => true,
        () => records.sweep(now),
      ),
  };
}

/**
 * The same records with a cache in front. A record that this process ends or touches is dropped at once; one that
 * another process ends still gets in here until the answer is `staleFor` old. Only `find` answers from the cache.
 */
export function createCachedRecords(records: Records, options: CachedOptions<LoginRecord>): Records {
  // Past its end another process may have moved the end, so it is read again.
  const read = readThrough(options, ({ idleEndsAt }, now) => now >= idleEndsAt);
  return {
    ...createForgettingRecords(records, options),
    find: (key, how) => read(key, () => records.find(key), how),
  };
}
