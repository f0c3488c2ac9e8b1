import type { ConformanceCell, ConformanceRow, SourceSpot, TestSpot } from "@/lib/features/conformance/model.ts";
import type { WordId } from "../../_words/definitions.ts";
import { partsOf, type WordPart } from "../../_words/word-parts.ts";

/** The parts of a cell that the table shows. The page of the requirement has all of them. */
export type ShownCell = Pick<ConformanceCell, "flow" | "state"> & {
  readonly reason: string | null;
  /** The test that shows the verdict. */
  readonly test: SourceSpot | null;
  /** The line of the product that is nearest to the flow. */
  readonly line: SourceSpot | null;
  /** The number of further tests and lines. */
  readonly more: number;
};

export type ShownRow = Omit<ConformanceRow, "cells" | "text"> & {
  readonly text: readonly WordPart[];
  readonly cells: readonly ShownCell[];
};

/**
 * The table is also rendered in the browser, so it gets only the data that it shows. A word has its definition where the
 * table has it first: one in each row would be too many stops of the Tab key.
 */
export function shownRows(rows: readonly ConformanceRow[]): readonly ShownRow[] {
  const seen = new Set<WordId>();
  return rows.map((row) => ({ ...row, text: partsOf(row.text, seen), cells: row.cells.map(shownCell) }));
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

/** The variants that meet a requirement, or the number of variants for which it is shown. */
export function reasonOf({ state, variants }: ConformanceCell): string | null {
  const counted = variants.filter(({ unsafe }) => !unsafe);
  const met = counted.filter((variant) => variant.state === "met");
  if (state === "option") return `with ${met.map(({ id }) => variantName(id)).join(", ")}`;
  if (state !== "unproven" || met.length === 0) return null;
  return `shown for ${met.length} of ${counted.length} variants`;
}

/** One of the tests that show the verdict. */
function decidingTest({ state, tests }: ConformanceCell): TestSpot | undefined {
  const says = state === "cannot" ? "cannot" : "met";
  const status = state === "failing" ? "failed" : "passed";
  return tests.find((test) => test.status === status && (state === "failing" || test.says === says)) ?? tests[0];
}

export function variantName(variant: string): string {
  return variant.split("/")[1] ?? variant;
}
