import type { BenchOrder, BenchRun, BenchTally } from "@/lib/features/refresh-bench/model.ts";
import { type Answer, ask, type Problem } from "../../_browser/api.ts";
import { followLines } from "../../_browser/json-lines.ts";

/** Runs one schedule on the server. */
export function runOnBench({ strategy, schedule, singleFlight, seed }: BenchOrder): Promise<Answer<BenchRun>> {
  return ask("/api/lab/refresh-bench/run", { method: "POST", body: { strategy, schedule, singleFlight, seed } });
}

export type Counting = {
  readonly strategies: readonly string[];
  readonly schedules: readonly string[];
  readonly singleFlight: boolean;
  readonly from: number;
  readonly runs: number;
};

/**
 * Passes on each tally as it arrives, until all are counted or
 * the count is stopped. Answers the problem, if there was one.
 */
export function countOnBench(
  counting: Counting,
  tell: (tally: BenchTally) => void,
  signal: AbortSignal,
): Promise<Problem | null> {
  return followLines("/api/lab/refresh-bench/count", { body: counting, signal }, tell);
}
