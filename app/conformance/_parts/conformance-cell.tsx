import type { ConformanceState, SourceSpot } from "@/lib/features/conformance/model.ts";
import { sourceHref } from "@/lib/features/source/model.ts";
import { stateWords } from "./conformance-filter.ts";
import type { ShownCell } from "./conformance-rows.ts";

/** The look of a state. The word says the same as the colour. */
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

type CellProps = { readonly cell: ShownCell; readonly href: string };

/** The verdict, its most important test, and a line of the product. The number links to all of them. */
export function CellBody({ cell: { state, reason, test, line, more }, href }: CellProps) {
  return (
    <>
      <StateWord state={state} />
      <Reason reason={reason} />
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

export function Reason({ reason }: { reason: string | null }) {
  return reason !== null && <span className="block text-xs text-dim">{reason}</span>;
}

/** `alone`: it stands in no sentence, and so has the size of a target (WCAG 2.5.8). */
export function SpotLink({ spot: { file, line }, alone = false }: { spot: SourceSpot; alone?: boolean }) {
  return (
    <a
      href={sourceHref(file, line)}
      className={`font-mono wrap-anywhere text-dim underline decoration-line underline-offset-3 hover:decoration-edge ${alone ? "inline-flex min-h-target items-center" : ""}`}
    >
      {file.split("/").at(-1)}
      {line !== null && `:${line}`}
    </a>
  );
}
