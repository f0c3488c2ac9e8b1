import { memo } from "react";
import type { SourceText } from "@/lib/features/source/model.ts";
import type { Exchange } from "@/lib/lab/feed/exchange.ts";
import { actedLines, type Mark, type Marks } from "../../_source/acted-lines.ts";
import { Tokens } from "../../_source/source-tokens.tsx";
import { Card } from "../../_ui/card.tsx";
import { EmptyNote } from "../../_ui/pane.tsx";
import { ScrollRegion } from "../../_ui/scroll-region.tsx";
import "../../_exchanges/sequence.css";

type ActedProps = {
  /** The files of the flow's own folder. */
  readonly files: readonly SourceText[];
  readonly exchange: Exchange | undefined;
  readonly className: string;
};

/**
 * The lines of the flow that acted in the shown exchange, and those that did nothing with this variant, each with the
 * lines around it. The numbers are those of the sequence beside it.
 */
export const LinesThatActed = memo(function LinesThatActed({ files, exchange, className }: ActedProps) {
  const acted = actedLines(exchange);
  const shown = files.flatMap((file) => {
    const marks = acted.get(file.path);
    return marks ? [{ file, marks }] : [];
  });
  const all = (
    <a href="#source" className="font-medium text-ink hover:underline hover:underline-offset-4">
      All of the source <span aria-hidden>→</span>
    </a>
  );
  return (
    <Card title="Lines that acted" label="Lines that acted" note={all} className={className}>
      {shown.length === 0 && (
        <EmptyNote>
          {exchange
            ? "No line of this flow acted in this exchange."
            : "Send a request, and the lines that acted stand here."}
        </EmptyNote>
      )}
      {shown.map(({ file, marks }) => (
        <div key={file.path}>
          <p className="mt-1 mb-0.5 font-mono text-xs text-dim">{file.path.replace("lib/flows/", "")}</p>
          <Excerpt file={file} marks={marks} />
        </div>
      ))}
    </Card>
  );
});

/** Lines before and after one that acted. */
const around = 2;

function Excerpt({ file, marks }: { file: SourceText; marks: Marks }) {
  const near = (number: number) => [...marks.keys()].some((line) => Math.abs(line - number) <= around);
  const numbers = file.lines.map((_, index) => index + 1).filter(near);
  return (
    <ScrollRegion label={`Lines of ${file.path}`} className="-mx-4 overflow-x-auto focus-visible:-outline-offset-2">
      <ol className="w-max min-w-full font-mono text-xs leading-[1.6]">
        {numbers.map((number, index) => (
          <ExcerptLine
            key={number}
            number={number}
            tokens={file.lines[number - 1] ?? []}
            mark={marks.get(number)}
            isAfterGap={index > 0 && numbers[index - 1] !== number - 1}
          />
        ))}
      </ol>
    </ScrollRegion>
  );
}

type LineProps = {
  readonly number: number;
  readonly tokens: SourceText["lines"][number];
  readonly mark: Mark | undefined;
  readonly isAfterGap: boolean;
};

function ExcerptLine({ number, tokens, mark, isAfterGap }: LineProps) {
  const isAlarm = mark?.refused || mark?.notMade?.untold;
  const ground = isAlarm ? "bg-refused-ground" : mark?.notMade ? "bg-sunk" : mark ? "bg-flow-ground" : "";
  return (
    <li
      className={`grid grid-cols-[3rem_2.25rem_auto] pr-4 ${ground} ${isAfterGap ? "border-t border-dashed border-line" : ""}`}
    >
      <span className="flex items-center justify-center gap-0.5">
        {mark && mark.steps.length > 0 && <span className="sr-only">step </span>}
        {mark?.steps.map((step) => (
          <span key={step} className="step-number">
            {step}
          </span>
        ))}
      </span>
      <span className="pr-3 text-right text-faint select-none">{number}</span>
      <code className="whitespace-pre">
        <Tokens tokens={tokens} />
        {mark?.refused && <span className="ml-4 font-semibold text-refused">← refused: {mark.refused}</span>}
      </code>
      {mark?.notMade && (
        <span className={`col-start-3 font-sans ${isAlarm ? "text-refused" : "text-dim"}`}>{mark.notMade.why}</span>
      )}
    </li>
  );
}
