import type { FlowId, VariantId } from "../../core/ids.ts";
import type { RequirementSource } from "./requirement.ts";

/**
 * The tests' result on a requirement for a flow. `met`: every variant offered in production fulfils it. `option`: only
 * some of them. `cannot`: each was shown not to. `failing`: a test of it failed. `not-run`: there is a test and no
 * result. `unproven`: not every variant has a test. `not-concerned`: it is about a part that the flow does not have.
 */
export type ConformanceState = "met" | "option" | "cannot" | "failing" | "not-run" | "unproven" | "not-concerned";

/** The result for one variant. */
export type VariantState = Exclude<ConformanceState, "option">;

/** A line of this repository; `line: null`: the file as a whole. */
export type SourceSpot = { readonly file: string; readonly line: number | null };

/** Tests on one line of the source that have the same result. */
export type TestSpot = SourceSpot & {
  readonly title: string;
  readonly status: "passed" | "failed" | "not-run";
  /** `cannot`: the test shows that the requirement is not met. */
  readonly says: "met" | "cannot";
  /** The variants of this flow that it is about; empty: all of the flow's. */
  readonly variants: readonly VariantId[];
};

export type ConformanceCell = {
  readonly flow: FlowId;
  readonly state: ConformanceState;
  /** If a confirmed claim shows that the requirement is not met: why it cannot be, in the words of the manifest. */
  readonly why: string | null;
  /** The variants concerned, with the result for each. */
  readonly variants: readonly {
    readonly id: VariantId;
    readonly state: VariantState;
    /** Wrong on purpose, so it does not count for the flow. */
    readonly unsafe: boolean;
  }[];
  readonly tests: readonly TestSpot[];
  /** Source lines whose comments name the requirement. */
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
  /** What ran the tests, by name, with its version. */
  readonly engines: Readonly<Record<string, string>>;
  readonly passed: number;
  readonly failed: number;
  /** It comes from the record that this repository keeps, and was not run here. */
  readonly recorded: boolean;
  /** `false`: the tree has changed since that run. */
  readonly current: boolean;
};

export type ConformanceView = {
  readonly runs: readonly RunView[];
  readonly flows: readonly { readonly id: FlowId; readonly title: string }[];
  readonly sources: readonly RequirementSource[];
  readonly rows: readonly ConformanceRow[];
};

/** A requirement's id as a part of an address, without spaces. */
export function slugOf(id: string): string {
  return id.replaceAll(" ", "-");
}
