import type { Duration, Instant } from "../../core/time.ts";

type Waiting<Actor> = {
  readonly actor: Actor;
  readonly ready: () => boolean;
  readonly wakeAt: Instant;
  readonly resume: () => void;
};

export type Turns<Actor> = ReturnType<typeof createTurns<Actor>>;

/**
 * Several actors, of which exactly one runs at any time. At each `wait` an actor queues, and `random` picks the next
 * one: one sequence of numbers gives one interleaving, however long real work takes. Time is virtual: if no actor is
 * ready, it jumps to the next wake-up time.
 */
export function createTurns<Actor>(options: {
  readonly random: (below: number) => number;
  readonly clock: { now(): Instant; moveTo(instant: Instant): void };
  /** Told before each turn: a turn takes time as well. */
  readonly beforeTurn: () => void;
  readonly afterTurn: () => void;
}) {
  const { random, clock, beforeTurn, afterTurn } = options;
  let waiting: readonly Waiting<Actor>[] = [];
  let current: Actor | null = null;
  let rests = () => {};

  /** Lets one actor work until it waits or is done. */
  async function give(actor: Actor, work: () => void): Promise<void> {
    const before = { current, rests };
    const rested = new Promise<void>((resolve) => {
      rests = resolve;
    });
    current = actor;
    work();
    await rested;
    ({ current, rests } = before);
  }

  function wait(ready: () => boolean, wakeAt: Instant): Promise<void> {
    // Outside of a run, a call goes on at once.
    if (current === null) return Promise.resolve();
    const actor = current;
    return new Promise((resume) => {
      waiting = [...waiting, { actor, ready, wakeAt, resume }];
      rests();
    });
  }

  function pick(): Waiting<Actor> | undefined {
    const ready = waiting.filter((each) => each.wakeAt <= clock.now() && each.ready());
    return ready[random(ready.length)];
  }

  return {
    current: () => current,

    /** Until it is this actor's turn; `ready` says whether it could be. */
    wait: (ready: () => boolean = () => true) => wait(ready, 0),
    pause: (duration: Duration) => wait(() => true, clock.now() + duration),

    give,

    /** What this actor waits for will never come: it is not in line any more. */
    drop(actor: Actor): void {
      waiting = waiting.filter((each) => each.actor !== actor);
    },

    /** Runs all actors until each is done, or waits for an event that no other actor can cause. */
    async play(parts: readonly { readonly actor: Actor; play(): Promise<void> }[]): Promise<void> {
      const failures: unknown[] = [];
      for (const { actor, play } of parts) {
        await give(actor, () => {
          play()
            .catch((error: unknown) => failures.push(error))
            .finally(() => rests());
        });
      }
      while (waiting.length > 0 && failures.length === 0) {
        const next = pick();
        if (!next) {
          const wakes = waiting.map(({ wakeAt }) => wakeAt).filter((wakeAt) => wakeAt > clock.now());
          if (wakes.length === 0) break;
          clock.moveTo(Math.min(...wakes));
          continue;
        }
        waiting = waiting.filter((each) => each !== next);
        beforeTurn();
        await give(next.actor, next.resume);
        afterTurn();
      }
      waiting = [];
      if (failures.length > 0) throw failures[0];
    },
  };
}
