import { expect, test } from "vitest";
import type { ConformanceState, ConformanceView } from "@/lib/features/conformance/model.ts";
import { addressOf, countsOf, filterFrom, rowsFor } from "./conformance-filter.ts";

const cell = (flow: string, state: ConformanceState) => ({
  flow,
  state,
  why: null,
  variants: [],
  tests: [],
  lines: [],
});
const row = (id: string, level: string, ...states: readonly [ConformanceState, ConformanceState]) => ({
  ...{ id, source: "asvs", level, text: "", concerns: null },
  cells: [cell("cookie", states[0]), cell("hybrid", states[1])],
});
const view: ConformanceView = {
  runs: [],
  flows: ["cookie", "hybrid"].map((id) => ({ id, title: id })),
  sources: [{ id: "asvs", title: "ASVS", address: "" }],
  rows: [row("one", "L1", "met", "cannot"), row("two", "L2", "met", "met"), row("three", "L2", "unproven", "met")],
};
const shown = (asked: Record<string, unknown>) => rowsFor(view, filterFrom(asked, view)).map(({ id }) => id);

test("an address can filter by source, level, flow and state together", () => {
  expect(shown({})).toEqual(["one", "two", "three"]);
  expect(shown({ level: "L2" })).toEqual(["two", "three"]);
  expect(shown({ state: "met" })).toEqual(["one", "two", "three"]);
  expect(shown({ state: "cannot" })).toEqual(["one"]);
  expect(shown({ flow: "cookie", state: "cannot" })).toEqual([]);
  expect(shown({ flow: "cookie", state: "unproven", level: "L2", source: "asvs" })).toEqual(["three"]);
});

test("unknown values of any filter are ignored", () => {
  expect(shown({ level: "L9", flow: "__proto__", state: ["met"], source: 7 })).toEqual(["one", "two", "three"]);
});

test("a filter by flow leaves only the cells of that flow", () => {
  const rows = rowsFor(view, filterFrom({ flow: "hybrid" }, view));
  expect(rows.flatMap(({ cells }) => cells.map(({ flow }) => flow))).toEqual(["hybrid", "hybrid", "hybrid"]);
});

test("states are counted by flow", () => {
  expect(Object.fromEntries(countsOf(view.rows, "cookie"))).toEqual({ met: 2, unproven: 1 });
});

test("an address contains only the chosen filters", () => {
  expect(addressOf({ source: "", level: "L1", flow: "", state: "not-run" })).toBe(
    "/conformance?level=L1&state=not-run",
  );
  expect(addressOf({})).toBe("/conformance");
});
