import { expect, test } from "vitest";
import { compareTitles, titlesIn } from "./compare-titles.ts";

const nothing = { lost: [], unnamed: [], idle: [] };

test("the same titles in another order do not differ", () => {
  expect(compareTitles(["a", "b", "b"], ["b", "a", "b"])).toEqual(nothing);
});

test("a missing title is lost, also if another test has the same title", () => {
  expect(compareTitles(["a", "b", "b"], ["b"])).toEqual({ ...nothing, lost: ["a", "b"] });
});

test("a new title must be named", () => {
  expect(compareTitles(["a"], ["a", "b"])).toEqual({ ...nothing, unnamed: ["b"] });
  expect(compareTitles(["a"], ["a", "b"], { renamed: {}, added: ["b"] })).toEqual(nothing);
});

test("a renamed title is accepted only under its new name", () => {
  const named = { renamed: { a: "b" }, added: [] };
  expect(compareTitles(["a"], ["b"], named)).toEqual(nothing);
  expect(compareTitles(["a"], ["a"], named)).toEqual({ ...nothing, lost: ["b"], unnamed: ["a"] });
});

test("a named change that did not happen is reported", () => {
  const named = { renamed: { old: "new" }, added: ["more"] };
  expect(compareTitles(["a"], ["a"], named)).toEqual({ ...nothing, idle: ["old", "more"] });
});

test("titles are read from the reports of both runners and from Vitest's list, with groups and without file names", () => {
  const assertionResults = [{ ancestorTitles: ["group"], title: "test", status: "passed" }];
  const spec = { title: "test", tests: [{ status: "expected" }] };
  const file = { title: "one.spec.ts", file: "one.spec.ts" };
  const reports = [
    { testResults: [{ name: "/one.test.ts", assertionResults }] },
    { suites: [{ ...file, suites: [{ ...file, title: "group", specs: [spec] }] }] },
    [{ name: "group > test", file: "/one.test.ts" }],
  ];
  expect(reports.map(titlesIn)).toEqual(reports.map(() => ["group > test"]));
  expect(() => titlesIn({})).toThrow("Neither a report");
});
