import type { CopiesView } from "@/lib/lab/feed/copies-view.ts";
import type { FlowInfo } from "../../_browser/flow-info.ts";
import { resultOf } from "../../_copies/strip-words.ts";

type FlowResultProps = {
  readonly copies: CopiesView;
  readonly flows: readonly FlowInfo[];
  /** What is said where no plug should have ended a login of now. */
  readonly otherwise: string;
};

/** What happened, and which copy still gets in. */
export function FlowResult({ copies, flows, otherwise }: FlowResultProps) {
  const result = resultOf(copies, flows);
  if (!result) return otherwise;
  return (
    <>
      {result.happened} <span className={result.alarm ? "text-refused" : ""}>{result.outcome}</span>
    </>
  );
}
