import { expect, test } from "vitest";
import { otherEngineLine } from "./other-engine.ts";

const firefox = { playedAt: "2026-11-30T09:00:00.000Z", browser: "Firefox 153", tried: 50 };

test("a page says in how many parts of a play another engine came to the same, and names those in which it did not", () => {
  expect(otherEngineLine({ ...firefox, differences: [] }, "page")).toBe(
    "Firefox 153 came to the same in all 50 pages.",
  );
  expect(otherEngineLine({ ...firefox, differences: ["markup csp", "worker"] }, "page")).toBe(
    "Firefox 153 came to something else in 2 of 50 pages: markup csp, worker.",
  );
});
