import { Overloaded } from "../../core/refusal.ts";

/** Who asks, and whether they still do. Those of one name wait behind each other; different names take turns. */
export type Asking = { readonly who: string; readonly gone: AbortSignal };

export type FairLine = {
  /**
   * Does the work when its turn comes. Throws `Overloaded` where it cannot wait. `null`: work of the process itself,
   * which is never refused for lack of room, and has no turn before that of others.
   */
  inTurn<T>(asking: Asking | null, work: () => Promise<T>): Promise<T>;
  /** So many were refused for lack of room. */
  refused(): number;
};

export type FairLineOptions = {
  /** So much work is done at once. */
  readonly atOnce: number;
  /** So many can wait, besides the work of the process itself. */
  readonly places: number;
  /** Once it is aborted nobody waits any more. */
  readonly stopping: AbortSignal;
};

type Waiting = { start(): void; refuse(): void };

/** The work of the process itself. No one who asks has an empty name. */
const own = "";

/**
 * A bounded line for work that uses up a processor. Names take turns, and where all places are taken the longest line
 * gives up its last place to a shorter one (longest queue drop): who asks often keeps nobody else out.
 */
export function createFairLine({ atOnce, places, stopping }: FairLineOptions): FairLine {
  /** In the order of their turns; none is empty. Bounded by `places`, and by what the process itself asks for. */
  const lines = new Map<string, Waiting[]>();
  let running = 0;
  let refused = 0;
  stopping.addEventListener("abort", () => {
    for (const waiting of [...lines.values()].flat()) waiting.refuse();
  });

  function next(): void {
    const [first] = lines;
    if (!first || running >= atOnce) return;
    const [who, line] = first;
    const waiting = line.shift();
    // To the end: the other names come first.
    lines.delete(who);
    if (line.length > 0) lines.set(who, line);
    running += 1;
    waiting?.start();
  }

  function leave(who: string, waiting: Waiting): void {
    const line = lines.get(who)?.filter((each) => each !== waiting) ?? [];
    if (line.length > 0) lines.set(who, line);
    else lines.delete(who);
  }

  /** Makes room for one more of this name, if it may wait. */
  function hasRoom(who: string): boolean {
    const asking = [...lines].filter(([name]) => name !== own).map(([, line]) => line);
    if (who === own || asking.reduce((sum, line) => sum + line.length, 0) < places) return true;
    refused += 1;
    const [longest = []] = asking.sort((one, other) => other.length - one.length);
    const isLonger = longest.length > (lines.get(who)?.length ?? 0) + 1;
    if (isLonger) longest.at(-1)?.refuse();
    return isLonger;
  }

  function turn(who: string, gone?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        start() {
          gone?.removeEventListener("abort", waiting.refuse);
          resolve();
        },
        refuse() {
          gone?.removeEventListener("abort", waiting.refuse);
          leave(who, waiting);
          reject(new Overloaded());
        },
      };
      gone?.addEventListener("abort", waiting.refuse);
      lines.set(who, [...(lines.get(who) ?? []), waiting]);
      next();
    });
  }

  return {
    async inTurn(asking, work) {
      const { who, gone } = asking ?? { who: own };
      if (gone?.aborted) throw new Overloaded();
      const mayWait = () => !stopping.aborted && hasRoom(who);
      if (running >= atOnce && !mayWait()) throw new Overloaded();
      await turn(who, gone);
      try {
        return await work();
      } finally {
        running -= 1;
        next();
      }
    },
    refused: () => refused,
  };
}
