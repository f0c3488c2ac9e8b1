import type { Records } from "../../core/ports.ts";
import type { LoginRecord } from "../../core/record.ts";
import type { Clock, Duration, Instant } from "../../core/time.ts";

type CachedRecord = { readonly place: string; readonly record: LoginRecord; readonly readAt: Instant };

/** One process's cache of the records of a flow in a lab. */
export type RecordCache = {
  get(place: string, key: string): CachedRecord | undefined;
  /** Goes up with each `drop`: a record that was read before a drop is not cached after it. */
  drops(): number;
  put(entry: CachedRecord): void;
  drop(wanted: (entry: CachedRecord) => boolean): void;
  size(): number;
};

/** Above `limit` the oldest entry is dropped. */
export function createRecordCache(limit: number): RecordCache {
  // Bounded by `limit`.
  const entries = new Map<string, CachedRecord>();
  let drops = 0;
  return {
    get: (place, key) => entries.get(`${place} ${key}`),
    drops: () => drops,
    put(entry) {
      const name = `${entry.place} ${entry.record.key}`;
      entries.delete(name);
      entries.set(name, entry);
      if (entries.size > limit) entries.delete([...entries.keys()][0] ?? "");
    },
    size: () => entries.size,
    drop(wanted) {
      drops += 1;
      for (const [name, entry] of entries) if (wanted(entry)) entries.delete(name);
    },
  };
}

type Remembered = {
  /** The store of the records. */
  readonly records: Records;
  readonly cache: RecordCache;
  readonly place: string;
};

/** The same store; a change through it drops the cached record at once. It never answers from the cache. */
export function createForgettingRecords({ records, cache, place }: Remembered): Records {
  /**
   * Forgets the record before the change, so that no request is let in during it, and after, for a read that ran
   * meanwhile.
   */
  async function forgetting<T>(wanted: (record: LoginRecord) => boolean, change: () => Promise<T>): Promise<T> {
    const forget = () => cache.drop((entry) => entry.place === place && wanted(entry.record));
    forget();
    try {
      return await change();
    } finally {
      forget();
    }
  }

  return {
    ...records,
    add: (record) =>
      forgetting(
        ({ key }) => key === record.key,
        () => records.add(record),
      ),
    touch: (key, seen) =>
      forgetting(
        (record) => record.key === key,
        () => records.touch(key, seen),
      ),
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

export type CachedOptions = Remembered & {
  /** The longest age of a cached answer, on the system's clock. */
  readonly staleFor: Duration;
  readonly systemClock: Clock;
  readonly labClock: Clock;
};

/**
 * The same records with a cache in front. A record that this process ends or touches is dropped at once; one that
 * another process ends still gets in here until the answer is `staleFor` old. Only `find` answers from the cache.
 */
export function createCachedRecords({ staleFor, systemClock, labClock, ...remembered }: CachedOptions): Records {
  const { records, cache, place } = remembered;

  /** Past its end on the lab's clock: another process may have moved the end, so it is read again. */
  function isFresh({ record, readAt }: CachedRecord): boolean {
    const age = systemClock.now() - readAt;
    return age >= 0 && age < staleFor && labClock.now() < record.idleEndsAt;
  }

  return {
    ...createForgettingRecords(remembered),

    async find(key, { fresh } = { fresh: false }) {
      const known = fresh ? undefined : cache.get(place, key);
      if (known && isFresh(known)) return known.record;
      // The age counts from before the question, since the answer may take long.
      const [readAt, before] = [systemClock.now(), cache.drops()];
      const record = await records.find(key);
      if (record && cache.drops() === before) cache.put({ place, record, readAt });
      return record;
    },
  };
}
