import { setImmediate } from "node:timers/promises";
import type { FlowModule } from "../../core/flow.ts";
import type { WireBench } from "./bench-server.ts";
import {
  type BenchCountOrder,
  type BenchMeasure,
  type BenchOrder,
  type BenchOutcome,
  type BenchRun,
  type BenchTally,
  isBad,
  isSeen,
  measuresOf,
  type RefreshSchedule,
  type RefreshStrategy,
} from "./model.ts";
import { playRefresh } from "./run.ts";
import { findSchedule, refreshSchedules } from "./schedules.ts";
import { createRefreshServer } from "./server.ts";
import { findStrategy, refreshStrategies } from "./strategies.ts";

/** The flow on the bench: rotation without a revocation policy. */
const benched = "memory-jwt/rotating";

/** The number of runs between two intermediate results. */
const runsAtATime = 10;

/** Refresh tokens that come back. */
export type RefreshBench = {
  readonly strategies: readonly RefreshStrategy[];
  readonly schedules: readonly RefreshSchedule[];
  /** `null`: no such strategy, or no such schedule. */
  run(order: BenchOrder): Promise<BenchRun | null>;
  /** The intermediate result after every few runs. If the reader disconnects, the count stops. */
  count(order: BenchCountOrder): AsyncGenerator<BenchTally>;
};

/** Runs schedules against strategies. Each run has a new store in memory, and uses no lab. */
export function createRefreshBench(
  flows: readonly FlowModule[],
  report: (error: unknown) => void,
  wire: WireBench,
): RefreshBench {
  const module = flows.find(({ manifest }) => manifest.variants.some(({ id }) => id === benched));
  const variant = module?.manifest.variants.find(({ id }) => id === benched);

  /** `null`: no such strategy, or no such schedule. */
  async function run(order: BenchOrder): Promise<BenchRun | null> {
    const { singleFlight, seed } = order;
    const [strategy, schedule] = [findStrategy(order.strategy), findSchedule(order.schedule)];
    if (!strategy || !schedule || !module || !variant) return null;
    const open = createRefreshServer({ module, variant, strategy, wire, report });
    return { ...order, ...(await playRefresh({ schedule, singleFlight, seed }, open)) };
  }

  /** Runs consecutive seeds, with an intermediate result after every few. */
  async function* count({ from, runs, ...order }: BenchCountOrder): AsyncGenerator<BenchTally> {
    const schedule = findSchedule(order.schedule);
    if (!schedule) return;
    const measures = measuresOf(schedule);
    const played: Played[] = [];
    for (let done = 1; done <= runs; done += 1) {
      // After the last seed comes the first one.
      const seed = (from + done - 1) % 2 ** 32;
      const each = await run({ ...order, seed });
      if (!each) return;
      played.push({ seed, outcome: each.outcome, seen: measures.filter((measure) => isSeen(each, measure)) });
      if (done % runsAtATime !== 0 && done !== runs) continue;
      yield { ...order, runs: done, bad: badOf(played, measures) };
      // Yields, so that this process can answer other requests in between.
      await setImmediate();
    }
  }

  return {
    strategies: refreshStrategies.map(({ id, title, summary, safety }) => ({ id, title, summary, safety })),
    schedules: refreshSchedules,
    run,
    count,
  };
}

type Played = { readonly seed: number; readonly outcome: BenchOutcome; readonly seen: readonly BenchMeasure[] };

function badOf(played: readonly Played[], measures: readonly BenchMeasure[]): BenchTally["bad"] {
  const entries = measures.map((measure) => {
    const seeds = played.filter(({ outcome }) => isBad(outcome, measure)).map(({ seed }) => seed);
    const of = played.filter(({ seen }) => seen.includes(measure)).length;
    return [measure, { times: seeds.length, of, seed: seeds[0] ?? null }] as const;
  });
  return Object.fromEntries(entries);
}
