/**
 * What a process remembers of labs between two requests. Every map of that kind is made here or is told of: it is
 * bounded, it is empty of a lab once that lab is gone, and it can be counted.
 */
export type LabMemory = {
  /**
   * A map with the labs' ids as its keys. A value that is set is its newest; beyond `most` labs the oldest is dropped.
   * `name` says what it keeps, in the counts.
   */
  byLab<T>(name: string, most: number): Map<string, T>;
  /** A map that its owner bounds. */
  keep(kept: Kept): void;
  /** These labs were reset or have expired: they are forgotten everywhere. */
  forget(labIds: readonly string[]): void;
  /** A lab with this id begins, maybe in the place of one that was forgotten. */
  begun(labId: string): void;
  /** A request of this lab is answered. Where the lab went while it was under way, what it left is forgotten too. */
  answered(labId: string): void;
  /** The entries of each map, by its name. */
  counts(): Readonly<Record<string, number>>;
};

export type Kept = {
  readonly name: string;
  count(): number;
  /** Deletes what is kept of these labs, and ends what runs for them. All at once, for maps with other keys. */
  forget(labIds: ReadonlySet<string>): void;
};

const mostForgotten = 1000;

export function createLabMemory(): LabMemory {
  // Bounded: one for each map of the composition, which is made once.
  const all = new Map<string, Kept>();
  // Bounded: the newest of them. A request is under way for less time than so many labs take to go.
  const forgotten = new Set<string>();

  function forget(labIds: readonly string[]): void {
    const gone = new Set(labIds);
    for (const kept of all.values()) kept.forget(gone);
    for (const labId of labIds) forgotten.add(labId);
    for (const oldest of forgotten) {
      if (forgotten.size <= mostForgotten) break;
      forgotten.delete(oldest);
    }
  }

  function keep(kept: Kept): void {
    if (all.has(kept.name)) throw new Error(`Two maps are called ${kept.name}`);
    all.set(kept.name, kept);
  }

  return {
    byLab<T>(name: string, most: number) {
      const map = new MapOfLabs<T>(most);
      keep({
        name,
        count: () => map.size,
        forget(labIds) {
          for (const labId of labIds) map.delete(labId);
        },
      });
      return map;
    },
    keep,
    forget,
    begun: (labId) => void forgotten.delete(labId),
    answered(labId) {
      if (forgotten.has(labId)) forget([labId]);
    },
    counts: () => Object.fromEntries([...all].map(([name, { count }]) => [name, count()])),
  };
}

class MapOfLabs<T> extends Map<string, T> {
  readonly #most: number;

  constructor(most: number) {
    super();
    this.#most = most;
  }

  override set(labId: string, value: T): this {
    this.delete(labId);
    super.set(labId, value);
    const [oldest] = this.keys();
    if (this.size > this.#most && oldest !== undefined) this.delete(oldest);
    return this;
  }
}
