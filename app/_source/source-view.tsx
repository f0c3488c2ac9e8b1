"use client";

import { memo, type RefObject, useEffect, useRef } from "react";
import type { SourceText, SourceToken } from "@/lib/features/source/model.ts";
import { ScrollRegion } from "../_ui/scroll-region.tsx";
import type { Mark, Marks } from "./acted-lines.ts";
import { Tokens } from "./source-tokens.tsx";

type SourceViewProps = {
  readonly source: SourceText;
  readonly marks: Marks;
  /** The line to scroll to, inside the view. The page itself does not scroll. */
  readonly sight: number | null;
  /** A change of this value scrolls to the same line again. */
  readonly asked: number;
  readonly linkOf: (line: number) => string;
  /** The page shows only this file. */
  readonly tall?: boolean;
};

/** A file with line numbers. Lines that acted are marked with the numbers of their steps. */
export function SourceView({ source, marks, sight, asked, linkOf, tall = false }: SourceViewProps) {
  const box = useRef<HTMLElement>(null);
  useSight(box, sight, `${source.path} ${asked}`);
  return (
    <ScrollRegion
      ref={box}
      label={source.path}
      className={`relative -mx-4 min-h-[16rem] overflow-auto overscroll-contain border-y border-line bg-sunk focus-visible:-outline-offset-2 ${tall ? "max-h-[calc(100dvh-14rem)]" : "max-h-[30rem]"}`}
    >
      <ol className="w-max min-w-full py-2 font-mono text-xs leading-[1.6]">
        {numbered(source.lines).map(({ number, tokens }) => (
          <Line key={number} number={number} tokens={tokens} mark={marks.get(number)} href={linkOf(number)} />
        ))}
      </ol>
    </ScrollRegion>
  );
}

function numbered(lines: SourceText["lines"]) {
  return lines.map((tokens, index) => ({ number: index + 1, tokens }));
}

function useSight(box: RefObject<HTMLElement | null>, sight: number | null, reason: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: `reason` is not read. A person who picks the same line again wants to see it again.
  useEffect(() => {
    const frame = box.current;
    const line = sight === null ? null : frame?.querySelector<HTMLElement>(`[data-line="${sight}"]`);
    if (!frame) return;
    frame.scrollTo({ top: line ? line.offsetTop - frame.clientHeight / 3 : 0, left: 0 });
  }, [box, sight, reason]);
}

type LineProps = {
  readonly number: number;
  readonly tokens: readonly SourceToken[];
  readonly mark: Mark | undefined;
  readonly href: string;
};

const Line = memo(function Line({ number, tokens, mark, href }: LineProps) {
  // A line that a link names acts as well: only a line that did nothing does not.
  const isActing = mark && (mark.notMade === undefined || mark.steps.length > 0 || mark.refused !== null);
  return (
    <li
      data-line={number}
      data-acted={isActing ? "" : undefined}
      data-refused={mark?.refused ? "" : undefined}
      className="source-line"
    >
      <span>{isActing && <StepNumbers mark={mark} />}</span>
      <a
        href={href}
        // Line numbers are no links, because hundreds of links would be stops for the Tab key. Lines that acted have
        // buttons above.
        tabIndex={-1}
        className="pr-3 text-right text-faint no-underline select-none"
      >
        {number}
      </a>
      <code className="whitespace-pre">
        <Tokens tokens={tokens} />
        {mark?.refused && <span className="ml-4 font-semibold text-refused">← refused: {mark.refused}</span>}
        {mark?.notMade && <span className="ml-4 font-sans text-dim">← {mark.notMade.why}</span>}
      </code>
    </li>
  );
});

function StepNumbers({ mark }: { mark: Mark }) {
  if (mark.steps.length === 0) return <span aria-hidden>■</span>;
  return (
    <>
      <span className="sr-only">{mark.steps.length === 1 ? "step" : "steps"} </span>
      {mark.steps.join(",")}
    </>
  );
}
