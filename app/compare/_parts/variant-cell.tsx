import type { CSSProperties } from "react";
import type { Cell, CellSource, CopyWord } from "@/lib/features/compare/model.ts";
import { hrefOfSource, wordsOfSource } from "./cell-source.ts";
import type { TableChoice } from "./table-choice.ts";
import "./variant-cell.css";

type VariantCellProps = {
  readonly cell: Cell | undefined;
  /** The greatest number of the column, where it is drawn as bars. */
  readonly most: number | undefined;
  readonly choice: TableChoice;
};

/** A short cell: how long a copy gets in, a number with its bar, or a word. It links to its source. */
export function VariantCell({ cell, most, choice }: VariantCellProps) {
  if (!cell) return <td />;
  const [first] = cell.sources;
  const copy = cell.copies?.[choice.thief];
  return (
    <td
      data-copy={copy?.standing ?? "none"}
      data-depth={copy?.depth ?? 0}
      data-claimed={cell.said === "claimed" || undefined}
      data-differs={copy?.claimed !== undefined || undefined}
    >
      <a href={hrefOfSource(first)} title={titleOf(cell)}>
        {most === undefined ? <CopyText copy={copy} cell={cell} /> : <BarText cell={cell} most={most} copy={copy} />}
        <span className="sr-only">{heardOf(cell, copy)}</span>
      </a>
      {choice.sources && <Sources sources={cell.sources} />}
    </td>
  );
}

function CopyText({ copy, cell }: { copy: CopyWord | undefined; cell: Cell }) {
  if (!copy) return <Word cell={cell} />;
  return (
    <>
      <b>{copy.text}</b>
      {copy.note && <small> {copy.note}</small>}
      {copy.claimed !== undefined && <small className="compare-claimed"> claimed: {copy.claimed}</small>}
    </>
  );
}

/** A cell without a value of its own is fainter. */
function Word({ cell: { short, text, order } }: { cell: Cell }) {
  return order === null ? <span className="compare-absent">{text}</span> : (short ?? text);
}

function BarText({ cell, most, copy }: { cell: Cell; most: number; copy: CopyWord | undefined }) {
  const value = copy?.order ?? cell.order;
  if (typeof value !== "number") return <Word cell={cell} />;
  const style: CSSProperties = { "--part": most === 0 ? 0 : value / most };
  return (
    <span className="compare-measure">
      <span className="compare-bar" style={style} aria-hidden="true">
        <i />
      </span>
      <b>{copy?.text ?? cell.text}</b>
      {cell.detail && !copy && <small aria-hidden="true">{cell.detail}</small>}
    </span>
  );
}

/** What a short cell leaves out. */
function titleOf({ text, detail, played }: Cell): string {
  const seen =
    played && `${played.holds ? "observed here, as claimed" : "observed here, not as claimed"}, ${played.at}`;
  return [text, detail, seen].filter(Boolean).join("\n");
}

function heardOf({ text, said, sources }: Cell, copy: CopyWord | undefined): string {
  const whole = copy && copy.standing !== "count" ? `: ${text}` : "";
  return `${whole}${said ? `, ${said}` : ""}, from ${wordsOfSource(sources[0])}`;
}

function Sources({ sources }: { sources: readonly CellSource[] }) {
  return (
    <ul>
      {sources.map((source) => (
        <li key={hrefOfSource(source)}>
          <a href={hrefOfSource(source)}>{wordsOfSource(source)}</a>
        </li>
      ))}
    </ul>
  );
}
