"use client";

import ArrowDown from "lucide-react/icons/arrow-down";
import ArrowUp from "lucide-react/icons/arrow-up";
import Link from "next/link";
import type { Column, Row } from "@/lib/features/compare/model.ts";
import { FlowIcon } from "../../_ui/flow-icon.tsx";
import { ScrollRegion } from "../../_ui/scroll-region.tsx";
import { headerOf } from "./column-titles.ts";
import { compareHref, nextSort, sortedHow, type TableChoice } from "./table-choice.ts";
import { VariantCell } from "./variant-cell.tsx";
import "./variant-table.css";

type VariantTableProps = {
  /** The columns of the tab. */
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** The ids of the flows, in their order. */
  readonly flows: readonly string[];
  /** The greatest number in each column that is drawn as bars. */
  readonly most: Readonly<Record<string, number>>;
  readonly choice: TableChoice;
};

/** The variants with the columns of one tab. Each cell links to its source. */
export function VariantTable({ columns, rows, flows, most, choice }: VariantTableProps) {
  const bands = [...Map.groupBy(columns, ({ band }) => band)];
  const inFlows = flows.map((flow) => rows.filter((row) => row.flow === flow)).filter((own) => own.length > 0);
  const bodies = choice.isOneList ? [rows] : inFlows;
  return (
    <ScrollRegion label="Variants, side by side" className="compare-scroll">
      <table className="compare-table" data-tab={choice.tab} data-list={choice.isOneList ? "one" : "flows"}>
        <caption className="sr-only">Variants, each cell with a link to what it was made from</caption>
        <colgroup>
          {!choice.isOneList && <col className="compare-flow-column" />}
          <col className="compare-name-column" />
          {columns.map(({ id }) => (
            <col key={id} data-column={id} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {!choice.isOneList && <td rowSpan={2} className="compare-flow" />}
            <th rowSpan={2} scope="col" className="compare-name">
              Variant
            </th>
            {bands.map(([band, own]) =>
              band === "" ? (
                <td key={band} colSpan={own.length} />
              ) : (
                <th key={band} scope="colgroup" colSpan={own.length} className="compare-band">
                  {band}
                </th>
              ),
            )}
          </tr>
          <tr>
            {columns.map((column) => (
              <Header key={column.id} column={column} choice={choice} />
            ))}
          </tr>
        </thead>
        {bodies.map((body) => (
          <tbody key={body[0]?.variant}>
            {body.map((row, index) => (
              <tr key={row.variant} data-flow={row.flow}>
                {index === 0 && !choice.isOneList && (
                  <th scope="rowgroup" rowSpan={body.length} className="compare-flow">
                    <span>
                      <FlowIcon flow={row.flow} />
                      {row.flowTitle}
                    </span>
                  </th>
                )}
                <RowHeader row={row} />
                {columns.map(({ id }) => (
                  <VariantCell key={id} cell={row.cells[id]} most={most[id]} choice={choice} />
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </ScrollRegion>
  );
}

function RowHeader({ row: { flow, flowTitle, title, safety, isDefault } }: { row: Row }) {
  return (
    <th scope="row" className="compare-name">
      <FlowIcon flow={flow} className="size-3.5" />
      <span className="sr-only">{flowTitle}: </span>
      {title}
      {isDefault && <small> default</small>}
      {safety === "unsafe" && <small> unsafe</small>}
    </th>
  );
}

function Header({ column, choice }: { column: Column; choice: TableChoice }) {
  const sorted = sortedHow(choice.sort, column.id);
  const Arrow = sorted === "descending" ? ArrowDown : ArrowUp;
  return (
    <th scope="col" aria-sort={sorted} className="compare-header">
      <Link
        href={compareHref({ ...choice, sort: nextSort(choice.sort, column.id) })}
        scroll={false}
        prefetch={false}
        title={column.title}
      >
        {headerOf(column)}
        {sorted !== "none" && <Arrow className="size-3" aria-hidden />}
      </Link>
    </th>
  );
}
