import type { Records } from "../../core/ports.ts";
import type { LoginRecord } from "../../core/record.ts";
import type { Clock, Duration, Instant } from "../../core/time.ts";

type CachedRecord = { readonly place: string; readonly record: LoginRecord; readonly readAt: Instant };

/** What one process remembers of the records of a place: a flow of a lab. */
export type RecordCache = {
  get(place: string, key: string): CachedRecord | undefined;
  /** Counts up with each `drop`: what was read before one is not remembered after it. */
  drops(): number;
  put(entry: CachedRecord): void;
  drop(wanted: (entry: CachedRecord) => boolean): void;
};

/** Beyond `limit` the entry that has been there longest goes. */
export function createRecordCache(limit: number): RecordCache {
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
    drop(wanted) {
      drops += 1;
      for (const [name, entry] of entries) if (wanted(entry)) entries.delete(name);
    },
  };
}

type Remembered = {
  /** Where the records really are. */
  readonly records: Records;
  readonly cache: RecordCache;
  readonly place: string;
};

/** The same records; what is changed in them here, the cache forgets at once. It is never asked for an answer. */
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
    end: (id, why, replacementId) =>
      forgetting(
        (record) => record.id === id,
        () => records.end(id, why, replacementId),
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
  /** For so long, on the system's clock, an answer may be an old one. */
  readonly staleFor: Duration;
  readonly systemClock: Clock;
  readonly labClock: Clock;
};

/**
 * The same records, remembered for a while. What this process ends or touches it forgets at once; what another
 * process ends still gets in here until the answer is `staleFor` old. Only `find` is ever answered from memory.
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

    async find(key) {
      const known = cache.get(place, key);
      if (known && isFresh(known)) return known.record;
      // The age counts from before the question: the answer may have been long on its way.
      const [readAt, before] = [systemClock.now(), cache.drops()];
      const record = await records.find(key);
      if (record && cache.drops() === before) cache.put({ place, record, readAt });
      return record;
    },
  };
}
