import { type Duration, second } from "../../core/time.ts";
import { Lane, type LaneOptions, type Looked } from "./lane.ts";
import type { RaceNews } from "./model.ts";
import { copiesOf, raceLifetimes } from "./plugs.ts";

/** How often each copy is asked about. */
const every = second;

export type Race = Pick<LaneOptions, "plug" | "stage" | "clock"> & {
  readonly entrants: readonly Pick<LaneOptions, "manifest" | "variant" | "thief">[];
  /** Waits so long in real time, or until the race is stopped. */
  readonly pause: (length: Duration, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
};

/**
 * Runs a race. Each variant logs in, in a lab of its own, so that no login ends another's. The same plug is pulled in
 * all of them. Then each copy is checked once a second until it is refused, or until its last lifetime has passed.
 */
export async function runRace(
  { entrants, pause, signal, ...shared }: Race,
  tell: (news: RaceNews) => void,
): Promise<void> {
  const { plug, clock } = shared;
  tell({
    type: "start",
    plug: plug.id,
    lifetimes: raceLifetimes,
    everySeconds: every / second,
    lanes: entrants.map(({ variant, thief }) => ({
      variant: variant.id,
      thief,
      copies: copiesOf(variant, plug, thief),
    })),
  });
  const opened: Lane[] = [];
  try {
    const prepared = entrants.map(async (entrant, number) => {
      const lane = await Lane.open(number, { ...shared, ...entrant });
      opened.push(lane);
      const failed = signal.aborted ? null : await lane.prepare();
      if (failed) tell(failed);
      return lane;
    });
    const lanes = await all(prepared);
    if (signal.aborted) return;
    tellOf(await all(lanes.map((lane) => lane.look())), tell);
    const running = () => lanes.filter((lane) => lane.isRunning && !signal.aborted);
    await all(
      running().map(async (lane) => {
        tell(await lane.pull());
        tellOf([await lane.look()], tell);
      }),
    );
    let next = clock.now() + every;
    while (running().length > 0) {
      await pause(Math.max(0, next - clock.now()), signal);
      next = Math.max(next + every, clock.now());
      tellOf(await all(running().map((lane) => lane.look())), tell);
    }
    if (!signal.aborted) tell({ type: "done" });
  } finally {
    await Promise.allSettled(opened.map((lane) => lane.close()));
  }
}

/** All of them to their end, also where one of them fails: what is still under way would outlive the labs. */
async function all<T>(under: readonly Promise<T>[]): Promise<readonly T[]> {
  await Promise.allSettled(under);
  return Promise.all(under);
}

function tellOf(looked: readonly Looked[], tell: (news: RaceNews) => void): void {
  const copies = looked.flatMap(({ sightings }) => sightings);
  if (copies.length > 0) tell({ type: "in", copies });
  for (const verdict of looked.flatMap(({ verdicts }) => verdicts)) tell({ type: "verdict", ...verdict });
}
