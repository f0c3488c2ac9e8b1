import type { HowRead } from "../../core/ports.ts";
import type { Clock, Duration, Instant } from "../../core/time.ts";

/** The answer under this key, or each that is meant. */
export type Dropped<Said> = string | ((said: Said, key: string) => boolean);

type Answer<Said> = { readonly said: Said; readonly readAt: Instant };

type Ask<Said> = () => Promise<Said | null>;

/** What a store said lately, in one process: never what was judged by it. A place is that of one lab. */
export type ReadCache<Said> = {
  get(place: string, key: string): Answer<Said> | undefined;
  /**
   * Asks the store. What it says is kept, unless something in that place was dropped meanwhile: it may be what was
   * dropped. Its age counts from `readAt`, before the question, since the answer may take long.
   */
  fill(place: string, key: string, readAt: Instant, ask: Ask<Said>): Promise<Said | null>;
  drop(place: string, which: Dropped<Said>): void;
  /** Drops every place whose name begins like this; without a beginning, all. */
  clear(beginning?: string): void;
  size(): number;
};

/** Above `limit` answers the oldest one is dropped, of the place that was added to the longest time ago. */
export function createReadCache<Said>(limit: number): ReadCache<Said> {
  // Bounded by `limit`: a place without an answer is deleted.
  const places = new Map<string, Map<string, Answer<Said>>>();
  // Bounded by the questions under way.
  const asking = new Set<{ readonly place: string; isStale: boolean }>();
  let size = 0;

  function remove(place: string, answers: Map<string, Answer<Said>>, key: string): void {
    if (answers.delete(key)) size -= 1;
    if (answers.size === 0) places.delete(place);
  }

  function removeOldest(): void {
    const [place = ""] = places.keys();
    const answers = places.get(place);
    const [key] = answers?.keys() ?? [];
    if (answers && key !== undefined) remove(place, answers, key);
  }

  function put(place: string, key: string, answer: Answer<Said>): void {
    const answers = places.get(place) ?? new Map<string, Answer<Said>>();
    if (!answers.delete(key)) size += 1;
    answers.set(key, answer);
    // Moves the place to the end of the line.
    places.delete(place);
    places.set(place, answers);
    if (size > limit) removeOldest();
  }

  /** Another lab's drops do not count: they say nothing of what is asked for here. */
  function dropAsked(isMeant: (place: string) => boolean): void {
    for (const question of asking) if (isMeant(question.place)) question.isStale = true;
  }

  return {
    get: (place, key) => places.get(place)?.get(key),
    async fill(place, key, readAt, ask) {
      const question = { place, isStale: false };
      asking.add(question);
      try {
        const said = await ask();
        // All who find it share it.
        if (said !== null && !question.isStale) put(place, key, { said: Object.freeze(said), readAt });
        return said;
      } finally {
        asking.delete(question);
      }
    },
    drop(place, which) {
      dropAsked((asked) => asked === place);
      const answers = places.get(place);
      if (!answers) return;
      if (typeof which === "string") return remove(place, answers, which);
      for (const [key, { said }] of answers) if (which(said, key)) remove(place, answers, key);
    },
    clear(beginning = "") {
      dropAsked((asked) => asked.startsWith(beginning));
      for (const [place, answers] of places) {
        if (!place.startsWith(beginning)) continue;
        size -= answers.size;
        places.delete(place);
      }
    },
    size: () => size,
  };
}

/** A cache at one place of it. */
export type CachedPlace<Said> = { readonly cache: ReadCache<Said>; readonly place: string };

export type CachedOptions<Said> = CachedPlace<Said> & {
  /** The longest age of an answer, on the lab's clock: where that is moved, time has passed for the cache too. */
  readonly staleFor: Duration;
  readonly clock: Clock;
  /** Told of each answer: from the cache, or from the store. What is asked `fresh` is not counted. */
  readonly counted?: (hit: boolean) => void;
};

/**
 * Reads through a cache: answers with what the store said before, until that is `staleFor` old; then asks. What a store
 * does not have is asked for each time. `isOver`: this answer is old by itself.
 */
export function readThrough<Said>(
  { cache, place, staleFor, clock, counted }: CachedOptions<Said>,
  isOver: (said: Said, now: Instant) => boolean = () => false,
) {
  function isYoung({ said, readAt }: Answer<Said>): boolean {
    const now = clock.now();
    const age = now - readAt;
    return age >= 0 && age < staleFor && !isOver(said, now);
  }

  return async (key: string, ask: Ask<Said>, { fresh }: HowRead = { fresh: false }): Promise<Said | null> => {
    const known = fresh ? undefined : cache.get(place, key);
    const hit = known !== undefined && isYoung(known);
    if (!fresh) counted?.(hit);
    return hit ? known.said : cache.fill(place, key, clock.now(), ask);
  };
}

/**
 * Drops answers before a change, so that no request is let in during it, and after, for a read that ran meanwhile.
 */
export async function dropping<Said, T>(
  { cache, place }: CachedPlace<Said>,
  which: Dropped<Said>,
  change: () => Promise<T>,
): Promise<T> {
  cache.drop(place, which);
  try {
    return await change();
  } finally {
    cache.drop(place, which);
  }
}
