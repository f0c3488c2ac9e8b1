import { expect, test } from "vitest";
import { verdictOf } from "./verdict-of.ts";

const played = { id: "sibling-form", request: null, weak: null, flows: [], frame: null };
const ofEdge = (status: number, code: string) => verdictOf("edge", {}, { ...played, edge: { status, code } })?.outcome;

test("the flow's own edge refuses by a code, and where it is broken or has a limit it could not be tried", () => {
  expect(ofEdge(403, "CROSS_SITE_REQUEST")).toBe("refused");
  expect([ofEdge(503, "STORE_UNAVAILABLE"), ofEdge(429, "TOO_MANY_REQUESTS")]).toEqual(["untried", "untried"]);
});
