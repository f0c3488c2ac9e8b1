"use client";

import Link from "next/link";
import type { Cell, CellSource, Column, Row } from "@/lib/features/compare/model.ts";
import { Menu } from "../../_ui/controls/menu.tsx";
import { FlowIcon } from "../../_ui/flow-icon.tsx";
import { SafetyBadge } from "../../_ui/safety-badge.tsx";
import { ScrollRegion } from "../../_ui/scroll-region.tsx";
import { hrefOfSource, wordsOfSource } from "./cell-source.ts";
import { groupTitles, playedMark } from "./column-titles.ts";
import { compareHref, nextSort, sortedHow, type TableChoice } from "./table-choice.ts";
import "./compare.css";

type VariantTableProps = {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly choice: TableChoice;
  /** The form that the header buttons submit. */
  readonly formId: string;
};

/** The variants with the chosen columns. Each cell links to its source. */
export function VariantTable({ columns, rows, choice, formId }: VariantTableProps) {
  const groups = choice.groups.map((group) => ({ group, columns: columns.filter((column) => column.group === group) }));
  const shown = groups.flatMap((each) => each.columns);
  const isSorted = shown.some(({ id }) => sortedHow(choice.sort, id) !== "none");
  const bodies = isSorted ? [rows] : [...Map.groupBy(rows, ({ flow }) => flow).values()];
  return (
    <ScrollRegion
      label="Variants, side by side"
      className="variant-table card print:hidden max-h-[max(24rem,82dvh)] overflow-auto overscroll-x-contain focus-visible:-outline-offset-2"
    >
      <table className="text-left text-13">
        <caption className="sr-only">Variants, each cell with a link to what it was made from</caption>
        <thead>
          <tr>
            <th rowSpan={2} scope="col" className="corner px-3 py-2 align-bottom text-xs font-medium text-faint">
              Variant
            </th>
            {groups.map((each) => (
              <th
                key={each.group}
                scope="colgroup"
                colSpan={each.columns.length}
                className="group px-3 pt-2 pb-0.5 text-xs font-semibold"
              >
                <span className="sticky left-[calc(var(--first)+0.75rem)]">{groupTitles[each.group]}</span>
              </th>
            ))}
          </tr>
          <tr>
            {shown.map((column) => (
              <Header key={column.id} column={column} sort={choice.sort} formId={formId} />
            ))}
          </tr>
        </thead>
        {bodies.map((body) => (
          <tbody key={body[0]?.variant}>
            {!isSorted && body[0] && <FlowRow row={body[0]} columns={shown.length} />}
            {body.map((row) => (
              <tr key={row.variant} data-flow={row.flow} className="align-top">
                <RowHeader row={row} choice={choice} />
                {shown.map(({ id }) => (
                  <td key={id}>
                    <CellView cell={row.cells[id]} withSources={choice.sources} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </ScrollRegion>
  );
}

function FlowRow({ row: { flow, flowTitle }, columns }: { row: Row; columns: number }) {
  return (
    <tr data-flow={flow}>
      <th scope="rowgroup" colSpan={columns + 1} className="flow-row px-3 py-1 text-xs font-semibold">
        <span className="sticky left-3 inline-flex items-center gap-1.5">
          <FlowIcon flow={flow} className="size-3.5" />
          {flowTitle}
        </span>
      </th>
    </tr>
  );
}

function RowHeader({ row: { variant, flow, title, safety }, choice }: { row: Row; choice: TableChoice }) {
  return (
    <th scope="row" className="first px-3 py-1.25 font-normal">
      <span className="flex flex-wrap items-center gap-x-1.5">
        <FlowIcon flow={flow} className="size-3.5" />
        <span className="font-medium">{title}</span>
        <SafetyBadge safety={safety} />
      </span>
      <span className="flex flex-wrap gap-x-2 text-2xs text-faint">
        <span className="font-mono wrap-anywhere">{variant}</span>
        <Beside variant={variant} choice={choice} />
      </span>
    </th>
  );
}

/** The first press chooses the first variant of a pair, the next press the second. */
function Beside({ variant, choice }: { variant: string; choice: TableChoice }) {
  const { first } = choice;
  if (first && first !== variant) {
    return (
      <Link
        href={`/compare/${first}/${variant}`}
        prefetch={false}
        className="underline decoration-dotted hover:text-ink"
      >
        beside {first}
      </Link>
    );
  }
  const next = first === variant ? undefined : variant;
  return (
    <Link
      href={compareHref({ ...choice, first: next })}
      scroll={false}
      prefetch={false}
      className="underline decoration-dotted hover:text-ink"
    >
      {next ? "compare…" : "cancel"}
      <span className="sr-only"> {variant}</span>
    </Link>
  );
}

type HeaderProps = { readonly column: Column; readonly sort: string | undefined; readonly formId: string };

const arrows = { ascending: "▲", descending: "▼", none: "" } as const;

function Header({ column: { id, title, how, measured }, sort, formId }: HeaderProps) {
  const sorted = sortedHow(sort, id);
  return (
    <th scope="col" aria-sort={sorted} className="column px-3 pt-0.5 pb-1.5 align-bottom text-xs font-medium">
      <div className="flex items-end gap-1">
        <button
          type="submit"
          form={formId}
          name="sort"
          value={nextSort(sort, id)}
          className="min-h-target rounded-sm text-left text-dim hover:text-ink"
        >
          {title}
          <span aria-hidden="true" className="text-2xs">
            {" "}
            {arrows[sorted]}
          </span>
        </button>
        <Menu look="mark" from="start" button="?" label={`How “${title}” is made`}>
          <p className="font-semibold">{title}</p>
          <p>{how}</p>
          {measured && <p className="mt-1 text-xs text-dim">Measured by this process, with requests of its own.</p>}
        </Menu>
      </div>
    </th>
  );
}

function CellView({ cell, withSources }: { cell: Cell | undefined; withSources: boolean }) {
  if (!cell) return null;
  const [first] = cell.sources;
  return (
    <>
      <a href={hrefOfSource(first)} className={cell.tone}>
        {cell.text}
        {cell.played && <Played played={cell.played} />}
        <span className="sr-only">{` from ${wordsOfSource(first)}`}</span>
      </a>
      {cell.detail && <small>{cell.detail}</small>}
      {withSources && <Sources sources={cell.sources} />}
    </>
  );
}

/** A tick for an observation as claimed, else the word. */
function Played({ played }: { played: NonNullable<Cell["played"]> }) {
  const { at, holds } = played;
  const words = holds ? "observed here, as claimed" : "observed here, not as claimed";
  return (
    <span title={`${words}, ${at}`}>
      <span aria-hidden="true">{playedMark(played)}</span>
      <span className="sr-only">, {words}</span>
    </span>
  );
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
