import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { flows } from "../../flows/registry.ts";
import { repository } from "../source/repository.ts";
import { conformanceOf, knownFlows, readConformance } from "./conformance.ts";
import { testsWithoutSubject, writtenWithoutSubject } from "./evidence.ts";
import type { ConformanceCell } from "./model.ts";
import { surveySources } from "./source-survey.ts";
import type { RunTest, TestRuns } from "./test-run.ts";
import { readTestRuns } from "./test-runs.ts";

const known = knownFlows(repository());
const survey = surveySources(repository());

const about = {
  date: "2026-01-01T00:00:00.000Z",
  commit: "abc",
  node: "v24.0.0",
  digest: "then",
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
const named = (id: string, title: string) => `[${id}] ${title}`;

function cellsOf(id: string, runs: TestRuns): Readonly<Record<string, ConformanceCell>> {
  const row = conformanceOf(survey, runs, known).rows.find((each) => each.id === id);
  return Object.fromEntries(row?.cells.map((cell) => [cell.flow, cell]) ?? []);
}
const statesOf = (id: string, runs: TestRuns) =>
  Object.fromEntries(Object.entries(cellsOf(id, runs)).map(([flow, { state }]) => [flow, state]));

describe("claims that came true", () => {
  test("say for each variant whether it meets the requirement, and so for the flow", () => {
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

  test("of a changed role are met where today's role counts, though the copy gets in", () => {
    expect(statesOf("ASVS 8.3.2", runsOf(...claimsRun("role-lowered")))).toMatchObject({
      cookie: "cannot",
      "server-session": "met",
    });
  });

  test("that did not come true make the flow failing", () => {
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

  test("and nothing else counts for every flow", () => {
    expect(new Set(Object.values(statesOf("ASVS 14.3.2", runsOf({ ...guarded, status: "passed" }))))).toEqual(
      new Set(["met"]),
    );
    expect(new Set(Object.values(statesOf("ASVS 14.3.2", runsOf({ ...guarded, status: "failed" }))))).toEqual(
      new Set(["failing"]),
    );
  });

  test("and a variant leaves the others unproven; a variant that is wrong on purpose does not count", () => {
    const titles = ["server-session/sql", named("ASVS 7.1.1", "a test")];
    const cell = cellsOf("ASVS 7.1.1", runsOf({ file: "lib/a.test.ts", titles, status: "passed" }))["server-session"];
    expect(cell?.state).toBe("unproven");
    expect(cell?.variants.filter(({ state }) => state === "met").map(({ id }) => id)).toEqual(["server-session/sql"]);
    expect(cell?.variants.find(({ id }) => id === "server-session/file")?.unsafe).toBe(true);
  });

  test("and says that it cannot be met makes it that", () => {
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
      named("NIST 5.1 logout", "logging out leaves nothing in the jar, and answers the same when asked again"),
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

describe("whom a test speaks for", () => {
  test("is said by every title that names a requirement, unless the application decides it once for all", () => {
    expect(writtenWithoutSubject(survey, known)).toEqual([]);
  });

  test("else it is nobody, written or run, and that is told", () => {
    const title = { line: 1, text: named("ASVS 7.4.1", "a copy is refused"), ids: ["ASVS 7.4.1"], within: ["a group"] };
    const written = new Map([["lib/http/a.test.ts", [title]]]);
    expect(writtenWithoutSubject({ ...survey, written }, known)).toEqual(["lib/http/a.test.ts:1 ASVS 7.4.1"]);
    const ran = { file: "lib/http/a.test.ts", titles: ["a group", title.text], status: "passed" as const };
    expect(testsWithoutSubject([ran], known)).toEqual([
      expect.stringMatching(/^lib\/http\/a\.test\.ts: .*ASVS 7\.4\.1/),
    ]);
    const cells = conformanceOf({ ...survey, written, claims: new Map() }, runsOf(ran), known).rows;
    expect(cells.find(({ id }) => id === "ASVS 7.4.1")?.cells.flatMap(({ tests }) => tests)).toEqual([]);
  });

  test("may stay open until it runs, where a hole in its titles will name somebody", () => {
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

  test("of the refresh bench is the variant that is on it, and of a flow that never rotates nothing", () => {
    const files = (flow: string) => cellsOf("ASVS 10.4.5", {})[flow]?.tests.map(({ file }) => file) ?? [];
    expect(files("memory-jwt")).toContain("lib/features/refresh-bench/refresh-bench.test.ts");
    expect(files("hybrid")).not.toContain("lib/features/refresh-bench/refresh-bench.test.ts");
  });
});

test("every requirement that has a test is cited where the code decides it, in each flow that it is about", () => {
  const cells = conformanceOf(survey, {}, known).rows.flatMap(({ id, cells }) =>
    cells.map((cell) => ({ id, ...cell })),
  );
  const uncited = cells.filter(({ tests, lines }) => tests.length > 0 && lines.length === 0);
  expect(uncited.map(({ id, flow }) => `${id} in ${flow}`)).toEqual([]);
});

test("lines of code are those that run in the flow or for all of them, the flow's own first", () => {
  const linesIn = (flow: string) => cellsOf("ASVS 8.3.2", {})[flow]?.lines.map(({ file }) => file) ?? [];
  expect(linesIn("cookie")).toEqual(["lib/flows/cookie/flow.ts"]);
  expect(linesIn("memory-jwt")).toEqual(["lib/flows/memory-jwt/flow.ts"]);
  expect(linesIn("server-session")).toEqual(["lib/core/login-record.ts"]);
});

test("claims are held by tests, and not by what is written about such tests", () => {
  expect([...survey.claims.keys()].sort()).toEqual([
    "e2e/who-still-gets-in/claims-over-http.spec.ts",
    "lib/lab/claims.test.ts",
  ]);
});

describe("without results", () => {
  test("what has a test is not run, what has none is unproven, and no flow is concerned by what it does not have", async () => {
    const view = await readConformance("nowhere/at-all.json");
    expect(view.runs).toEqual([]);
    const states = (id: string) => view.rows.find((row) => row.id === id)?.cells.map(({ state }) => state);
    expect(states("ASVS 7.4.1")).toEqual(["not-run", "not-run", "not-run", "not-run"]);
    expect(states("ASVS 7.1.1")).toEqual(["unproven", "unproven", "unproven", "unproven"]);
    expect(states("RFC 9700 2.2.2")?.slice(0, 2)).toEqual(["not-concerned", "not-concerned"]);
    expect(view.rows.flatMap(({ cells }) => cells).filter(({ state }) => state === "met")).toEqual([]);
  });

  test("a file that is no such file holds none", async () => {
    const path = join(await mkdtemp(join(tmpdir(), "runs-")), "runs.json");
    for (const text of ["", "{", "[]", '{"unit":{"date":"yesterday"}}']) {
      await writeFile(path, text);
      expect(await readTestRuns(path)).toEqual({});
    }
  });
});

test("one runner's results say nothing of the other's, and older files are told", () => {
  const run = { ...about, tests: [] };
  expect(conformanceOf(survey, { unit: run }, known).runs).toMatchObject([{ runner: "unit", current: false }]);
  const both = { unit: { ...run, digest: survey.digest }, e2e: run };
  expect(conformanceOf(survey, both, known).runs).toMatchObject([
    { runner: "unit", current: true },
    { runner: "e2e", current: false },
  ]);
});
