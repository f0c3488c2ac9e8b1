import { expect, test } from "vitest";
import { linkedFormerRace } from "./linked-choice.ts";

test.for([
  [{ plug: "logout" }, "/race?plug=logout&lane=kinds"],
  [{ plug: "logout", lane: "cookie/signed" }, "/race?plug=logout&lane=cookie%2Fsigned"],
  [{ lane: ["all", "a&b"] }, "/race?lane=all&lane=a%26b"],
  [{ variant: "cookie/signed" }, null],
  [{}, null],
] as const)("a link to the dashboard with %j leads to the race at %s", async ([query, address]) => {
  expect(await linkedFormerRace(Promise.resolve(query))).toBe(address);
});
