import type { ReactNode } from "react";
import type { XssCell } from "@/lib/features/attacks/xss/model.ts";
import { ScrollRegion } from "../../../_ui/scroll-region.tsx";
import { CellWords, groundOf } from "./cell-words.tsx";

export type CellColumn = { readonly id: string; readonly title: ReactNode };

export type CellGroup = {
  readonly title: string | null;
  readonly rows: readonly {
    readonly id: string;
    readonly title: ReactNode;
    readonly cells: Readonly<Record<string, XssCell>>;
  }[];
};

type CellTableProps = {
  readonly label: string;
  readonly corner: string;
  readonly columns: readonly CellColumn[];
  readonly groups: readonly CellGroup[];
  readonly wide?: boolean;
};

/** A table of what happened: a row a place, a injection or a defence. */
export function CellTable({ label, corner, columns, groups, wide = false }: CellTableProps) {
  return (
    <ScrollRegion label={label} className="overflow-x-auto">
      <table
        className={`w-full border-separate border-spacing-x-0.5 border-spacing-y-0 text-xs ${wide ? "min-w-[58rem]" : "min-w-[40rem]"}`}
      >
        <thead>
          <tr className="text-left align-bottom text-dim">
            <th scope="col" className="min-w-40 bg-panel py-1.5 pr-3 font-normal sm:sticky sm:left-0 sm:min-w-60">
              {corner}
            </th>
            {columns.map(({ id, title }) => (
              <th key={id} scope="col" className="px-1.5 py-1.5 font-semibold text-ink">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        {groups.map((group, index) => (
          <Group key={group.title ?? index} group={group} columns={columns} />
        ))}
      </table>
    </ScrollRegion>
  );
}

function Group({
  group: { title, rows },
  columns,
}: {
  readonly group: CellGroup;
  readonly columns: readonly CellColumn[];
}) {
  return (
    <tbody>
      {title !== null && (
        <tr>
          <th
            scope="rowgroup"
            colSpan={columns.length + 1}
            className="border-b border-strong pt-3 pb-1 text-left font-normal text-dim"
          >
            {title}
          </th>
        </tr>
      )}
      {rows.map(({ id, title: name, cells }) => (
        <tr key={id} className="align-top">
          <th
            scope="row"
            className="border-b border-line bg-panel py-1.5 pr-3 text-left font-normal sm:sticky sm:left-0"
          >
            {name}
          </th>
          {columns.map((column) => (
            <td key={column.id} className={`border-b border-line px-1.5 py-1.5 ${groundOf(cells[column.id])}`}>
              <Cell cell={cells[column.id]} />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}

function Cell({ cell }: { readonly cell: XssCell | undefined }) {
  return cell ? <CellWords cell={cell} /> : <span className="text-faint italic">–</span>;
}
