import type { Column, Row, VariantTable } from "@/lib/core/variant-table.ts";
import { columnGroups } from "@/lib/core/variant-table.ts";
import { groupTitles } from "./column-titles.ts";

/** Every column on paper, a table for each group: one as wide as all of them would be read by nobody. */
export function PrintedTables({ columns, rows, measured }: Pick<VariantTable, "columns" | "rows" | "measured">) {
  return (
    <div className="printed hidden print:block">
      <p>
        Loginscope, {rows.length} variants.{" "}
        {measured && `Sizes and costs measured ${measured.at}, version ${measured.version}.`}
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

function PrintedTable({ title, columns, rows }: { title: string; columns: readonly Column[]; rows: readonly Row[] }) {
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
              <td key={id}>{row.cells[id]?.text}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
