import type { RaceNews, RaceWanted } from "@/lib/core/race.ts";
import { type Problem, readProblem, unreachable } from "./api.ts";
import { lines } from "./json-lines.ts";

/** Tells each line of a race as it happens, until it is over or somebody stops it. Answers what went wrong, if anything did. */
export async function followRace(
  wanted: RaceWanted,
  tell: (news: RaceNews) => void,
  signal: AbortSignal,
): Promise<Problem | null> {
  let last: RaceNews["type"] | null = null;
  try {
    const response = await fetch("/api/lab/race", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(wanted),
      cache: "no-store",
      signal,
    });
    if (!response.ok || !response.body) return await readProblem(response);
    for await (const line of lines(response.body)) {
      const news: RaceNews = JSON.parse(line);
      last = news.type;
      tell(news);
    }
  } catch {
    return signal.aborted ? null : unreachable;
  }
  // A stream that ends without its last line was cut off.
  return last === "done" || signal.aborted ? null : unreachable;
}
