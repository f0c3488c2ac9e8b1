import type { FlowId, VariantId } from "../../core/ids.ts";
import type { RequirementSource } from "./requirement.ts";

/**
 * What the tests say of a requirement for a flow. `met`: every variant that production offers was seen to keep it. `option`:
 * only some of them. `cannot`: each was seen not to. `failing`: a test of it failed. `not-run`: there is a test, without a
 * result. `unproven`: not every variant has a test. `not-concerned`: it is about something that the flow does not have.
 */
export type ConformanceState = "met" | "option" | "cannot" | "failing" | "not-run" | "unproven" | "not-concerned";

/** What was seen of one variant. */
export type VariantState = Exclude<ConformanceState, "option">;

/** A line of this repository; `line: null`: the file as a whole. */
export type SourceSpot = { readonly file: string; readonly line: number | null };

/** Tests that stand on one line of the source, and say the same. */
export type TestSpot = SourceSpot & {
  readonly title: string;
  readonly status: "passed" | "failed" | "not-run";
  /** `cannot`: what is tested is that it is not met. */
  readonly says: "met" | "cannot";
  /** Whom of this flow it is about; empty: whoever else they are. */
  readonly variants: readonly VariantId[];
};

export type ConformanceCell = {
  readonly flow: FlowId;
  readonly state: ConformanceState;
  /** Where a claim that came true shows that it does not hold: why it cannot, in the words of the manifest. */
  readonly why: string | null;
  /** The variants that are concerned, with what was seen of each. */
  readonly variants: readonly {
    readonly id: VariantId;
    readonly state: VariantState;
    /** Wrong on purpose, so it does not count for the flow. */
    readonly unsafe: boolean;
  }[];
  readonly tests: readonly TestSpot[];
  /** Lines of the product that name the requirement. */
  readonly lines: readonly SourceSpot[];
};

export type ConformanceRow = {
  readonly id: string;
  readonly source: RequirementSource["id"];
  readonly level: string;
  readonly text: string;
  readonly concerns: string | null;
  readonly cells: readonly ConformanceCell[];
};

/** One run of one of the two runners of tests. */
export type RunView = {
  readonly runner: "unit" | "e2e";
  readonly date: string;
  readonly commit: string | null;
  readonly node: string;
  readonly passed: number;
  readonly failed: number;
  /** `false`: the files are not as they were then. */
  readonly current: boolean;
};

export type ConformanceView = {
  readonly runs: readonly RunView[];
  readonly flows: readonly { readonly id: FlowId; readonly title: string }[];
  readonly sources: readonly RequirementSource[];
  readonly rows: readonly ConformanceRow[];
};
