import { evidenceOf } from "./evidence.ts";
import { type RecordedRun, runsOfRecord } from "./recorded-run.ts";
import type { Survey } from "./source-survey.ts";
import type { SubjectFlow } from "./subject.ts";
import type { TestRuns } from "./test-run.ts";

/**
 * What the recorded run showed and no test of the source is about any more, as `ASVS 7.4.1 for cookie/sealed`. A test
 * may get another title or place; what it shows of a requirement may not be lost.
 */
export function goneSince(record: RecordedRun, survey: Survey, known: readonly SubjectFlow[]): readonly string[] {
  const written = shownBy({}, survey, known);
  return [...shownBy(runsOfRecord(record), { ...survey, written: new Map(), claims: new Map() }, known)]
    .filter((shown) => !written.has(shown))
    .sort();
}

function shownBy(runs: TestRuns, survey: Survey, known: readonly SubjectFlow[]): ReadonlySet<string> {
  const evidence = evidenceOf(survey, runs, known);
  return new Set(evidence.flatMap(({ id, about }) => [...about].map((variant) => `${id} for ${variant}`)));
}
