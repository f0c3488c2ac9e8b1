import { expect, test } from "vitest";
import { benchChoice, linkTo } from "./bench-choice.ts";

test("a choice of the bench stands in its link, and comes back out of it", () => {
  for (const condition of ["read-cache", "prepared-reads"] as const) {
    const chosen = { measure: "in-place", action: "cold", condition } as const;
    const query = Object.fromEntries(new URL(linkTo(chosen), "http://localhost").searchParams);
    expect(benchChoice(query, ["usual", condition])).toEqual(chosen);
  }
});

test("what a link names and the bench has not is the usual choice", () => {
  const usual = { measure: "over-http", action: "hot", condition: "usual" };
  expect(benchChoice({ measure: "by-eye", action: ["hot", "cold"], condition: "read-cache" }, ["usual"])).toEqual(
    usual,
  );
  expect(linkTo(benchChoice({}, []))).toBe("/bench");
});
