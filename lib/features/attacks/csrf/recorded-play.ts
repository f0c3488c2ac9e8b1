import { randomBytes } from "node:crypto";
import { csrfCases } from "./cases.ts";
import { csrfPlay } from "./endpoints.ts";
import { verdictsOf } from "./judge.ts";
import type { CsrfPlay, JudgedPlay } from "./model.ts";
import recording from "./recorded.json" with { type: "json" };

/** The play that is kept in the repository. A browser test plays it again, and compares. */
export const recordedPlay: CsrfPlay = csrfPlay.parse(recording);

/** The same, judged by the defences as they are now. */
export function judgedRecording(): JudgedPlay {
  const verdicts = verdictsOf(recordedPlay, () => randomBytes(16).toString("base64url"));
  return { ...recordedPlay, verdicts, done: recordedPlay.cases.length >= csrfCases.length };
}
