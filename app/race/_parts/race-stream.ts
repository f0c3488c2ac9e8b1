import type { RaceNews, RaceWanted } from "@/lib/features/race/model.ts";
import { type Problem, unreachable } from "../../_browser/api.ts";
import { followLines } from "../../_browser/json-lines.ts";

/**
 * Passes on each line of a race as it happens, until the race
 * ends or is stopped. Answers the problem, if there was one.
 */
export async function followRace(
  wanted: RaceWanted,
  tell: (news: RaceNews) => void,
  signal: AbortSignal,
): Promise<Problem | null> {
  let last: RaceNews["type"] | null = null;
  const problem = await followLines<RaceNews>("/api/lab/race", { body: wanted, signal }, (news) => {
    last = news.type;
    tell(news);
  });
  // A stream that ends without its last line was cut off.
  return problem ?? (last === "done" || signal.aborted ? null : unreachable);
}
