import recorded from "../../../bench/recorded.json" with { type: "json" };
import type { Recording } from "./model.ts";

/** What `npm run bench -- --record` wrote last. */
export function recordedBench(): Recording {
  return recorded as unknown as Recording;
}
