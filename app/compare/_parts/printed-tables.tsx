"use client";

import type { Cell, Column, VariantTable } from "@/lib/features/compare/model.ts";
import { columnGroups } from "@/lib/features/compare/model.ts";
import { BreakableCode } from "../../_ui/breakable-code.tsx";
import { groupTitles, playedMark } from "./column-titles.ts";
import "./printed.css";

/** What is printed of a row: its texts, and no sources. */
export type PrintedRow = {
  readonly variant: string;
  readonly cells: Readonly<Record<string, Pick<Cell, "text" | "detail" | "said" | "played">>>;
};

type PrintedTablesProps = Pick<VariantTable, "measured"> & {
  readonly columns: readonly Column[];
  readonly rows: readonly PrintedRow[];
};

/** All columns on paper, in one table for each group. One table with all columns would be too wide to read. */
export function PrintedTables({ columns, rows, measured }: PrintedTablesProps) {
  return (
    <div className="printed hidden print:block">
      <p>
        Loginscope, {rows.length} variants.{" "}
        {measured && `Sizes and costs measured ${measured.at}, version ${measured.version}. `}
        How long a copied credential gets in is each variant’s claim. A tick ✓ marks what this lab played and saw as
        claimed; “differs” marks where it saw this instead.
      </p>
      {columnGroups.map((group) => (
        <PrintedTable
          key={group}
          title={groupTitles[group]}
          columns={columns.filter((column) => column.group === group)}
          rows={rows}
        />
      ))}
    </div>
  );
}

/** One line for each credential or cookie. A number stays with its unit, and a code breaks between its words. */
function PrintedCell({ cell }: { cell: PrintedRow["cells"][string] | undefined }) {
  if (!cell) return null;
  const mark = cell.said === "partly observed" ? ` (${cell.detail})` : cell.played ? playedMark(cell.played) : "";
  const separator = cell.said ? "; " : " · ";
  const parts = `${cell.text}${mark}`.replaceAll(/(\d) (?=(?:s|min|h|d)\b)/g, "$1\u00a0").split(separator);
  return parts.map((part, index) => (
    <span key={part} className="block">
      <BreakableCode>{part}</BreakableCode>
      {index < parts.length - 1 && separator.trimEnd()}
    </span>
  ));
}

type PrintedTableProps = Omit<PrintedTablesProps, "measured"> & { readonly title: string };

function PrintedTable({ title, columns, rows }: PrintedTableProps) {
  return (
    <table>
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">Variant</th>
          {columns.map((column) => (
            <th key={column.id} scope="col">
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.variant}>
            <th scope="row">{row.variant}</th>
            {columns.map(({ id }) => (
              <td key={id}>
                <PrintedCell cell={row.cells[id]} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
