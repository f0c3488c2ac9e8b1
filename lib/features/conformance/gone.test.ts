import { describe, expect, test } from "vitest";
import { repository } from "../source/repository.ts";
import { requirements } from "./catalogue.ts";
import { knownFlows } from "./conformance.ts";
import { evidenceOf } from "./evidence.ts";
import { goneSince } from "./gone.ts";
import { type RecordedRun, readRecordedRun, recordOf } from "./recorded-run.ts";
import { type Survey, surveySources } from "./source-survey.ts";
import type { RunTest, TestRun } from "./test-run.ts";

const known = knownFlows(repository());
const survey = surveySources(repository());
// Built from parts, so that this file names no requirement in a title.
const named = (title: string) => `[${"ASVS"} 7.4.1] ${title}`;

function recordedWith(...tests: readonly RunTest[]): RecordedRun {
  const about = { date: "2026-01-01T00:00:00.000Z", commit: null, engines: {}, tree: "t", passed: 1, failed: 0 };
  const run: TestRun = { ...about, tests };
  return recordOf({ unit: run, e2e: { ...run, tests: [] } }, about.date);
}

function surveyOf(...titles: readonly string[]): Survey {
  const written = titles.map((text, at) => ({ line: at + 1, text, ids: ["ASVS 7.4.1"], within: ["cookie/sealed"] }));
  return { ...survey, written: new Map([["lib/http/a.test.ts", written]]), claims: new Map() };
}

describe("what a recorded run showed of a requirement", () => {
  const record = recordedWith({
    file: "lib/http/a.test.ts",
    titles: ["cookie/sealed", named("a copy is refused")],
    status: "passed",
  });

  test("is gone if no test is about it any more", () => {
    expect(goneSince(record, surveyOf(), known)).toEqual(["ASVS 7.4.1 for cookie/sealed"]);
  });

  test("is gone for a variant if the tests that are left are about another one", () => {
    const titles = ["cookie/sealed", "cookie/signed"].map((group) => [group, named("a copy is refused")]);
    const both = recordedWith(
      ...titles.map((each): RunTest => ({ file: "lib/http/a.test.ts", titles: each, status: "passed" })),
    );
    expect(goneSince(both, surveyOf(named("a copy is refused")), known)).toEqual(["ASVS 7.4.1 for cookie/signed"]);
  });

  test("is not gone if the test has another title", () => {
    expect(goneSince(record, surveyOf(named("a stolen copy is refused")), known)).toEqual([]);
  });

  test("by a claim is gone if no test plays the claims any more", () => {
    const played = recordedWith({
      file: "lib/lab/claims.test.ts",
      titles: ["cookie/sealed, in process, shows what its manifest claims", "replay-after-logout"],
      status: "passed",
    });
    expect(goneSince(played, survey, known)).toEqual([]);
    const gone = goneSince(played, { ...survey, written: new Map(), claims: new Map() }, known);
    expect(gone).toContain("ASVS 7.4.1 for cookie/sealed");
  });
});

test("nothing that the recorded run of this repository showed is gone", async () => {
  const record = await readRecordedRun("public/conformance.json");
  expect(record ? goneSince(record, survey, known) : []).toEqual([]);
});

/** A document, or a part that this application does not have, decides these. */
const untested = [
  ...["ASVS 3.1.1", "ASVS 3.7.5", "ASVS 6.1.1", "ASVS 6.1.2", "ASVS 6.1.3", "ASVS 6.2.12", "ASVS 6.3.5", "ASVS 6.3.7"],
  ...["ASVS 7.1.1", "ASVS 10.3.3", "ASVS 10.4.14", "ASVS 10.4.16"],
  ...["NIST 5.1 transport", "RFC 10017 5.1.1", "RFC 10017 5.1.2"],
];

test("each requirement has a test, or stands in the list of those that have none", () => {
  const shown = new Set(evidenceOf(survey, {}, known).map(({ id }) => id));
  const without = requirements.map(({ id }) => id).filter((id) => !shown.has(id));
  expect(without.sort()).toEqual([...untested].sort());
});
