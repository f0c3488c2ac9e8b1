import type { ConformanceCell, ConformanceRow, SourceSpot, TestSpot } from "@/lib/features/conformance/model.ts";

/** What the table shows of a cell: the rest of it is on the page of the requirement. */
export type ShownCell = Pick<ConformanceCell, "flow" | "state"> & {
  readonly reason: string | null;
  /** The test that the verdict stands on. */
  readonly test: SourceSpot | null;
  /** The line of the product that is nearest to the flow. */
  readonly line: SourceSpot | null;
  /** So many tests and lines besides. */
  readonly more: number;
};

export type ShownRow = Omit<ConformanceRow, "cells"> & { readonly cells: readonly ShownCell[] };

/** The table is drawn in the browser too, so it is given no more than it shows. */
export function shownRows(rows: readonly ConformanceRow[]): readonly ShownRow[] {
  return rows.map((row) => ({ ...row, cells: row.cells.map(shownCell) }));
}

function shownCell(cell: ConformanceCell): ShownCell {
  const { flow, state, tests, lines } = cell;
  const test = decidingTest(cell);
  const [line] = lines;
  return {
    flow,
    state,
    reason: reasonOf(cell),
    test: test ? spotOf(test) : null,
    line: line ? spotOf(line) : null,
    more: tests.length + lines.length - (test ? 1 : 0) - (line ? 1 : 0),
  };
}

function spotOf({ file, line }: SourceSpot): SourceSpot {
  return { file, line };
}

/** With what a requirement is met, or for how many it is shown. */
export function reasonOf({ state, variants }: ConformanceCell): string | null {
  const counted = variants.filter(({ unsafe }) => !unsafe);
  const met = counted.filter((variant) => variant.state === "met");
  if (state === "option") return `with ${met.map(({ id }) => variantName(id)).join(", ")}`;
  if (state !== "unproven" || met.length === 0) return null;
  return `shown for ${met.length} of ${counted.length} variants`;
}

/** Of the tests behind a verdict one that says it. */
function decidingTest({ state, tests }: ConformanceCell): TestSpot | undefined {
  const says = state === "cannot" ? "cannot" : "met";
  const status = state === "failing" ? "failed" : "passed";
  return tests.find((test) => test.status === status && (state === "failing" || test.says === says)) ?? tests[0];
}

export function variantName(variant: string): string {
  return variant.split("/")[1] ?? variant;
}
