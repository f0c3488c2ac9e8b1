import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { flows } from "../../flows/registry.ts";
import { repository } from "../source/repository.ts";
import { conformanceOf, knownFlows, readConformance } from "./conformance.ts";
import { testsWithoutSubject, writtenWithoutSubject } from "./evidence.ts";
import type { ConformanceCell } from "./model.ts";
import type { RecordedRun } from "./recorded-run.ts";
import { surveySources } from "./source-survey.ts";
import type { RunTest, TestRuns } from "./test-run.ts";
import { readTestRuns } from "./test-runs.ts";

const known = knownFlows(repository());
const survey = surveySources(repository());

const about = {
  date: "2026-01-01T00:00:00.000Z",
  commit: "abc",
  engines: { "Node.js": "24.0.0" },
  tree: "then",
  passed: 1,
  failed: 0,
};
const runsOf = (...tests: readonly RunTest[]): TestRuns => ({ unit: { ...about, tests } });
const claimsRun = (experiment: string, status: RunTest["status"] = "passed") =>
  flows.flatMap(({ manifest }) =>
    manifest.variants.map(({ id }) => ({
      file: "lib/lab/claims.test.ts",
      titles: [`${id}, in process, shows what its manifest claims`, experiment],
      status,
    })),
  );
const claimsOf = (experiment: string) => [
  { of: claimsRun(experiment).map(({ titles: [title = ""] }) => title), tests: [experiment] },
];
const conformance = (runs: TestRuns, record: RecordedRun | null = null, tree = "now", surveyed = survey) =>
  conformanceOf(surveyed, { local: runs, record, tree }, known);
const named = (id: string, title: string) => `[${id}] ${title}`;

function cellsOf(id: string, runs: TestRuns): Readonly<Record<string, ConformanceCell>> {
  const row = conformance(runs).rows.find((each) => each.id === id);
  return Object.fromEntries(row?.cells.map((cell) => [cell.flow, cell]) ?? []);
}
const statesOf = (id: string, runs: TestRuns) =>
  Object.fromEntries(Object.entries(cellsOf(id, runs)).map(([flow, { state }]) => [flow, state]));

describe("claims that came true", () => {
  test("decide for each variant, and so for the flow, whether the requirement is met", () => {
    const cells = cellsOf("ASVS 7.4.1", runsOf(...claimsRun("replay-after-logout")));
    expect(cells["server-session"]?.state).toBe("met");
    expect(cells["cookie"]?.state).toBe("option");
    expect(cells["cookie"]?.why).toContain("cannot take a copy back");
    const exposed = flows.flatMap(({ manifest }) =>
      manifest.variants.filter(({ claims }) =>
        claims["replay-after-logout"].some(({ outcome }) => (outcome as string) === "exposed"),
      ),
    );
    const cannot = Object.values(cells).flatMap(({ variants }) => variants.filter(({ state }) => state === "cannot"));
    expect(cannot.map(({ id }) => id)).toEqual(exposed.map(({ id }) => id));
  });

  test("of a changed role are met if today's role counts, though the copy gets in", () => {
    expect(statesOf("ASVS 8.3.2", runsOf(...claimsRun("role-lowered")))).toMatchObject({
      cookie: "cannot",
      "server-session": "met",
    });
  });

  test("that did not come true make the flow `failing`", () => {
    expect(statesOf("ASVS 7.4.1", runsOf(...claimsRun("replay-after-logout", "failed")))).toMatchObject({
      cookie: "failing",
      "server-session": "failing",
    });
  });

  test("link to the line that tests them", () => {
    const [spot] = cellsOf("ASVS 7.4.1", runsOf(...claimsRun("replay-after-logout")))["hybrid"]?.tests ?? [];
    expect(spot).toMatchObject({ file: "lib/lab/claims.test.ts", line: expect.any(Number), status: "passed" });
  });
});

describe("a test whose title names a requirement", () => {
  const guarded = { file: "lib/http/edge.test.ts", titles: [named("ASVS 14.3.2", "no answer may be stored")] };

  test("and no flow or variant counts for all flows", () => {
    expect(new Set(Object.values(statesOf("ASVS 14.3.2", runsOf({ ...guarded, status: "passed" }))))).toEqual(
      new Set(["met"]),
    );
    expect(new Set(Object.values(statesOf("ASVS 14.3.2", runsOf({ ...guarded, status: "failed" }))))).toEqual(
      new Set(["failing"]),
    );
  });

  test("and a variant leaves the other variants unproven; unsafe variants do not count", () => {
    const titles = ["server-session/sql", named("ASVS 7.1.1", "a test")];
    const cell = cellsOf("ASVS 7.1.1", runsOf({ file: "lib/a.test.ts", titles, status: "passed" }))["server-session"];
    expect(cell?.state).toBe("unproven");
    expect(cell?.variants.filter(({ state }) => state === "met").map(({ id }) => id)).toEqual(["server-session/sql"]);
    expect(cell?.variants.find(({ id }) => id === "server-session/file")?.unsafe).toBe(true);
  });

  test("and says `cannot` makes the result `cannot`", () => {
    const titles = ["cookie", `[${"ASVS"} 7.1.1: cannot] a test`];
    expect(statesOf("ASVS 7.1.1", runsOf({ file: "lib/a.test.ts", titles, status: "passed" }))).toMatchObject({
      cookie: "cannot",
      hybrid: "unproven",
    });
  });

  test("was found where it is written, in its file or in a suite that files share", () => {
    const titles = [
      "cookie/sealed",
      "ending a login",
      named("NIST 5.1 logout", "logging out deletes all of its cookies, and answers the same when repeated"),
    ];
    const cell = cellsOf(
      "NIST 5.1 logout",
      runsOf({ file: "lib/flows/cookie/flow.test.ts", titles, status: "passed" }),
    );
    const spot = cell["cookie"]?.tests.find(({ status }) => status === "passed");
    expect(spot).toMatchObject({
      file: "lib/testing/flow-rules/ending-rules.ts",
      line: expect.any(Number),
      variants: ["cookie/sealed"],
    });
  });
});

describe("the subject of a test", () => {
  test("is named by each title with a requirement, unless it is fulfilled in one place for all", () => {
    expect(writtenWithoutSubject(survey, known)).toEqual([]);
  });

  test("is no variant if the title names none, and that is an error, written or run", () => {
    const title = { line: 1, text: named("ASVS 7.4.1", "a copy is refused"), ids: ["ASVS 7.4.1"], within: ["a group"] };
    const written = new Map([["lib/http/a.test.ts", [title]]]);
    expect(writtenWithoutSubject({ ...survey, written }, known)).toEqual(["lib/http/a.test.ts:1 ASVS 7.4.1"]);
    const ran = { file: "lib/http/a.test.ts", titles: ["a group", title.text], status: "passed" as const };
    expect(testsWithoutSubject([ran], known)).toEqual([
      expect.stringMatching(/^lib\/http\/a\.test\.ts: .*ASVS 7\.4\.1/),
    ]);
    const cells = conformance(runsOf(ran), null, "now", { ...survey, written, claims: new Map() }).rows;
    expect(cells.find(({ id }) => id === "ASVS 7.4.1")?.cells.flatMap(({ tests }) => tests)).toEqual([]);
  });

  test("may stay open until it runs if a placeholder of its title will name a variant", () => {
    const title = {
      line: 1,
      text: named("ASVS 7.4.1", "a copy is refused"),
      ids: ["ASVS 7.4.1"],
      within: ["with $id"],
    };
    expect(writtenWithoutSubject({ ...survey, written: new Map([["lib/http/a.test.ts", [title]]]) }, known)).toEqual(
      [],
    );
  });

  test("of the refresh bench is the variant on the bench, and no flow without rotation", () => {
    const files = (flow: string) => cellsOf("ASVS 10.4.5", {})[flow]?.tests.map(({ file }) => file) ?? [];
    expect(files("memory-jwt")).toContain("lib/features/refresh-bench/refresh-bench.test.ts");
    expect(files("hybrid")).not.toContain("lib/features/refresh-bench/refresh-bench.test.ts");
  });
});

test("every requirement with a test is cited in the code of each flow that it is about", () => {
  const cells = conformance({}).rows.flatMap(({ id, cells }) => cells.map((cell) => ({ id, ...cell })));
  const uncited = cells.filter(({ tests, lines }) => tests.length > 0 && lines.length === 0);
  expect(uncited.map(({ id, flow }) => `${id} in ${flow}`)).toEqual([]);
});

test("cited lines run in the flow or for all flows, the flow's own first", () => {
  const linesIn = (flow: string) => cellsOf("ASVS 8.3.2", {})[flow]?.lines.map(({ file }) => file) ?? [];
  expect(linesIn("cookie")).toEqual(["lib/flows/cookie/flow.ts"]);
  expect(linesIn("memory-jwt")).toEqual(["lib/flows/memory-jwt/access-token.ts"]);
  expect(linesIn("server-session")).toEqual(["lib/core/login-record.ts"]);
});

test("a requirement's evidence comes from tests of claims, not from tests about such tests", () => {
  expect([...survey.claims.keys()].sort()).toEqual([
    "e2e/who-still-gets-in/claims-over-http.spec.ts",
    "lib/lab/claims.test.ts",
  ]);
});

describe("without results", () => {
  test("a requirement with a test is `not-run`, one without is `unproven`, and one on a missing part is `not-concerned`", async () => {
    const view = await readConformance({ TEST_RESULTS: "nowhere/at-all.json", TEST_RECORD: "nowhere/else.json" });
    expect(view.runs).toEqual([]);
    const states = (id: string) => view.rows.find((row) => row.id === id)?.cells.map(({ state }) => state);
    expect(states("ASVS 7.4.1")).toEqual(["not-run", "not-run", "not-run", "not-run"]);
    expect(states("ASVS 7.1.1")).toEqual(["unproven", "unproven", "unproven", "unproven"]);
    expect(states("RFC 9700 2.2.2")?.slice(0, 2)).toEqual(["not-concerned", "not-concerned"]);
    expect(view.rows.flatMap(({ cells }) => cells).filter(({ state }) => state === "met")).toEqual([]);
  });

  test("a file of another format has no results", async () => {
    const path = join(await mkdtemp(join(tmpdir(), "runs-")), "runs.json");
    for (const text of ["", "{", "[]", '{"unit":{"date":"yesterday"}}']) {
      await writeFile(path, text);
      expect(await readTestRuns(path)).toEqual({});
    }
  });
});

describe("the runs of the view", () => {
  const record: RecordedRun = {
    tree: "recorded",
    date: "2026-01-02T00:00:00.000Z",
    unit: {
      engines: { "Node.js": "24.0.0" },
      passed: 20,
      files: [{ of: ["lib/lab/claims.test.ts"], groups: claimsOf("replay-after-logout") }],
    },
    e2e: { engines: { Chromium: "1.0.0" }, passed: 10, files: [] },
  };

  test("are those of each runner, and one of an older tree is marked", () => {
    const run = { ...about, tests: [] };
    expect(conformance({ unit: run }).runs).toMatchObject([{ runner: "unit", current: false, recorded: false }]);
    const both = { unit: { ...run, tree: "now" }, e2e: run };
    expect(conformance(both).runs).toMatchObject([
      { runner: "unit", current: true },
      { runner: "e2e", current: false },
    ]);
  });

  test("are the recorded ones where nothing was run here, with the verdicts of their tests", () => {
    const { runs, rows } = conformance({}, record, "recorded");
    const kept = { recorded: true, current: true, date: record.date, failed: 0 };
    expect(runs).toEqual([
      { runner: "unit", ...kept, engines: record.unit.engines, passed: 20, commit: null },
      { runner: "e2e", ...kept, engines: record.e2e.engines, passed: 10, commit: null },
    ]);
    const states = rows.find(({ id }) => id === "ASVS 7.4.1")?.cells.map(({ flow, state }) => [flow, state]);
    expect(states).toContainEqual(["server-session", "met"]);
    expect(conformance({}, record, "changed since").runs.map(({ current }) => current)).toEqual([false, false]);
  });

  test("are the local ones of a runner that was run here, instead of the recorded ones", () => {
    const failed = runsOf(...claimsRun("replay-after-logout", "failed"));
    const { runs, rows } = conformance(failed, record);
    expect(runs).toMatchObject([
      { runner: "unit", recorded: false },
      { runner: "e2e", recorded: true },
    ]);
    const states = rows.find(({ id }) => id === "ASVS 7.4.1")?.cells.map(({ flow, state }) => [flow, state]);
    expect(states).toContainEqual(["server-session", "failing"]);
  });
});
