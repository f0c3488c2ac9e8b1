import { expect, test } from "vitest";
import { claimTested, saysSomething, testsOfPlaywright, testsOfVitest } from "./test-run.ts";

test("a report of Vitest is read: file, titles from the outermost on, and result", () => {
  const one = (title: string, status: string) => ({ ancestorTitles: ["cookie/sealed", "ending"], title, status });
  const assertionResults = [one("a", "passed"), one("b", "failed"), one("c", "pending"), one("d", "todo")];
  expect(testsOfVitest({ testResults: [{ name: "/repo/lib/a.test.ts", assertionResults }] }, "/repo")).toEqual([
    { file: "lib/a.test.ts", titles: ["cookie/sealed", "ending", "a"], status: "passed" },
    { file: "lib/a.test.ts", titles: ["cookie/sealed", "ending", "b"], status: "failed" },
    { file: "lib/a.test.ts", titles: ["cookie/sealed", "ending", "c"], status: "skipped" },
    { file: "lib/a.test.ts", titles: ["cookie/sealed", "ending", "d"], status: "skipped" },
  ]);
});

test("a report of Playwright is read, and a test that passed only at the second attempt has failed", () => {
  const spec = (title: string, status: string) => ({ title, tests: [{ status }] });
  const file = "a.spec.ts";
  const group = { title: "Cookie", file, specs: [spec("b", "unexpected"), spec("c", "flaky"), spec("d", "skipped")] };
  expect(
    testsOfPlaywright({ suites: [{ title: file, file, specs: [spec("a", "expected")], suites: [group] }] }, "e2e"),
  ).toEqual([
    { file: "e2e/a.spec.ts", titles: ["a"], status: "passed" },
    { file: "e2e/a.spec.ts", titles: ["Cookie", "b"], status: "failed" },
    { file: "e2e/a.spec.ts", titles: ["Cookie", "c"], status: "failed" },
    { file: "e2e/a.spec.ts", titles: ["Cookie", "d"], status: "skipped" },
  ]);
});

test("a test that plays a claim is recognised in both runners' reports", () => {
  const about = { variant: "cookie/sealed", experiment: "forge" };
  expect(claimTested({ titles: ["cookie/sealed, in process, shows what its manifest claims", "forge"] })).toEqual(
    about,
  );
  expect(claimTested({ titles: ["cookie/sealed, over HTTP, shows what its manifest claims: forge"] })).toEqual(about);
  expect(claimTested({ titles: ["a claim", "forge"] })).toBeNull();
});

test("only tests of requirements and claims are kept", () => {
  const titled = (...titles: string[]) => ({ file: "a.test.ts", titles, status: "passed" as const });
  expect(saysSomething(titled(`[${"ASVS"} 7.4.1] a group`, "a test"))).toBe(true);
  expect(saysSomething(titled("cookie/sealed, in process, shows what its manifest claims", "forge"))).toBe(true);
  expect(saysSomething(titled("a group", "a test"))).toBe(false);
});
