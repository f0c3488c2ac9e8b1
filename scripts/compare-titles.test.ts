import { expect, test } from "vitest";
import { compareTitles, titlesIn } from "./compare-titles.ts";

const nothing = { lost: [], unnamed: [], idle: [] };

test("the same titles in another order do not differ", () => {
  expect(compareTitles(["a", "b", "b"], ["b", "a", "b"])).toEqual(nothing);
});

test("a title that is gone is lost, also where another test of that title is left", () => {
  expect(compareTitles(["a", "b", "b"], ["b"])).toEqual({ ...nothing, lost: ["a", "b"] });
});

test("a title that is new has to be named", () => {
  expect(compareTitles(["a"], ["a", "b"])).toEqual({ ...nothing, unnamed: ["b"] });
  expect(compareTitles(["a"], ["a", "b"], { renamed: {}, added: ["b"] })).toEqual(nothing);
});

test("a renamed title does not differ, and only under its new name", () => {
  const named = { renamed: { a: "b" }, added: [] };
  expect(compareTitles(["a"], ["b"], named)).toEqual(nothing);
  expect(compareTitles(["a"], ["a"], named)).toEqual({ ...nothing, lost: ["b"], unnamed: ["a"] });
});

test("a named change that did not happen is told", () => {
  const named = { renamed: { old: "new" }, added: ["more"] };
  expect(compareTitles(["a"], ["a"], named)).toEqual({ ...nothing, idle: ["old", "more"] });
});

test("titles are read from the reports of both runners and from Vitest's list, with their groups and without their files", () => {
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
