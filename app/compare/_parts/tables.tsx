import {
  type Column,
  type Comparable,
  chooseRows,
  type LogoutResult,
  orderIn,
  type Row,
  type RowFilters,
  type VariantTable as Table,
  type TabResult,
} from "@/lib/features/compare/model.ts";
import { groupTitles } from "./column-titles.ts";
import { CompareTitle } from "./compare-title.tsx";
import { LinkTabs } from "./link-tabs.tsx";
import { PairMenu } from "./pair-menu.tsx";
import { type PrintedRow, PrintedTables } from "./printed-tables.tsx";
import { RowFilter } from "./row-filter.tsx";
import { selectsOf } from "./row-selects.ts";
import { type TableChoice, tabHref, tableChoice } from "./table-choice.ts";
import { TableFoot } from "./table-foot.tsx";
import { VariantTable } from "./variant-table.tsx";

type TablesProps = {
  readonly table: Table;
  readonly logout: LogoutResult;
  readonly results: readonly TabResult[];
  readonly filters: RowFilters;
  readonly comparable: readonly Comparable[];
  readonly choice: TableChoice;
};

const panel = "compare-panel";

/** The result as heading, a tab for each group of columns, and the table of the chosen one. */
export function Tables({ table, logout, results, filters, comparable, choice: asked }: TablesProps) {
  const { columns } = table;
  // A tab that has nothing to show here leads to the first one.
  const choice = results.some(({ group }) => group === asked.tab) ? asked : tableChoice({});
  const shown = columns.filter(({ group }) => group === choice.tab);
  const rows = chooseRows(table, choice);
  return (
    <div className="compare-page">
      <CompareTitle result={logout} choice={choice} />
      <div className="compare-bar-of-tabs print:hidden">
        <LinkTabs
          label="Columns"
          panel={panel}
          chosen={choice.tab}
          tabs={results.map(({ group, result }) => ({
            id: group,
            title: groupTitles[group],
            result,
            href: tabHref(choice, group),
          }))}
        />
        <div className="compare-ways">
          <RowFilter choice={choice} selects={selectsOf(filters)} />
          <PairMenu choices={comparable} />
        </div>
      </div>
      <div role="tabpanel" id={panel} aria-labelledby={`tab-${choice.tab}`} className="print:hidden">
        {rows.length > 0 ? (
          <VariantTable
            columns={shown}
            rows={rows.map((row) => ({ ...row, cells: cellsOf(row, shown) }))}
            flows={filters.flows.map(({ id }) => id)}
            most={mostIn(shown, table.rows)}
            choice={choice}
          />
        ) : (
          <p className="py-6 text-dim">No variant matches all of these choices. Remove one.</p>
        )}
      </div>
      <TableFoot table={table} columns={shown} rows={rows} choice={choice} />
      <PrintedTables columns={columns} rows={rows.map(printedOf)} measured={table.measured} />
    </div>
  );
}

function cellsOf({ cells }: Row, shown: readonly Column[]): Row["cells"] {
  return Object.fromEntries(shown.flatMap(({ id }) => (cells[id] ? [[id, cells[id]] as const] : [])));
}

function printedOf({ variant, cells }: Row): PrintedRow {
  const texts = Object.entries(cells).map(([id, { text, detail, said, played }]) => {
    const isPartly = said === "partly observed" && detail !== undefined;
    return [id, { text, ...(said && { said }), ...(played && { played }), ...(isPartly && { detail }) }] as const;
  });
  return { variant, cells: Object.fromEntries(texts) };
}

const barGroups = new Set(["size", "cost", "effort"]);

/** The greatest number of each column that is drawn as bars, over all variants, so that a choice of rows moves no bar. */
function mostIn(shown: readonly Column[], rows: readonly Row[]): Readonly<Record<string, number>> {
  const drawn = shown.filter(({ id, group }) => id === "still-in" || barGroups.has(group));
  return Object.fromEntries(
    drawn.map(({ id }) => {
      const numbers = rows.map(({ cells }) => orderIn(cells[id], "silent"));
      return [id, Math.max(0, ...numbers.filter((each) => typeof each === "number"))] as const;
    }),
  );
}
