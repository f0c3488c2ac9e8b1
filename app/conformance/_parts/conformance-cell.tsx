import type { ConformanceCell, ConformanceState, SourceSpot, TestSpot } from "@/lib/features/conformance/model.ts";
import { sourceHref } from "@/lib/features/source/model.ts";
import { stateWords } from "./conformance-filter.ts";

/** How a state looks; the word says the same, so nobody needs the colour. */
export const stateLooks: Readonly<Record<ConformanceState, { readonly tone: string; readonly mark: string }>> = {
  met: { tone: "text-accepted", mark: "✓" },
  option: { tone: "text-warn", mark: "◐" },
  cannot: { tone: "text-refused", mark: "✕" },
  failing: { tone: "rounded bg-refused px-1.5 text-panel", mark: "!" },
  "not-run": { tone: "text-dim", mark: "…" },
  unproven: { tone: "text-dim", mark: "?" },
  "not-concerned": { tone: "text-faint", mark: "–" },
};

export function StateWord({ state }: { state: ConformanceState }) {
  const { tone, mark } = stateLooks[state];
  return (
    <span className={`text-13 font-semibold ${tone}`} title={stateWords[state].means}>
      <span aria-hidden="true" className="inline-block w-4">
        {mark}
      </span>
      {stateWords[state].word}
    </span>
  );
}

type CellProps = { readonly cell: ConformanceCell; readonly href: string };

/** The verdict, the test that it stands on first, and a line of the product; all of them are behind the number. */
export function CellBody({ cell, href }: CellProps) {
  const { state, tests, lines } = cell;
  const test = decidingTest(cell);
  const [line] = lines;
  const more = tests.length + lines.length - (test ? 1 : 0) - (line ? 1 : 0);
  return (
    <>
      <StateWord state={state} />
      <Reason cell={cell} />
      {test && (
        <span className="block text-2xs text-faint">
          test <SpotLink spot={test} />
          {line && (
            <>
              , code <SpotLink spot={line} />
            </>
          )}
          {more > 0 && (
            <>
              {" "}
              <a href={href} className="whitespace-nowrap underline underline-offset-3">
                and {more} more
              </a>
            </>
          )}
        </span>
      )}
    </>
  );
}

/** With what a requirement is met, or for how many it is shown. */
export function Reason({ cell: { state, variants } }: { cell: ConformanceCell }) {
  const counted = variants.filter(({ unsafe }) => !unsafe);
  const met = counted.filter((variant) => variant.state === "met");
  if (state === "option")
    return <span className="block text-xs text-dim">with {met.map(({ id }) => variantName(id)).join(", ")}</span>;
  if (state !== "unproven" || met.length === 0) return null;
  return (
    <span className="block text-xs text-dim">
      shown for {met.length} of {counted.length} variants
    </span>
  );
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

export function SpotLink({ spot: { file, line } }: { spot: SourceSpot }) {
  return (
    <a
      href={sourceHref(file, line)}
      className="font-mono wrap-anywhere text-dim underline decoration-line underline-offset-3 hover:decoration-edge"
    >
      {file.split("/").at(-1)}
      {line !== null && `:${line}`}
    </a>
  );
}
