import Link from "next/link";
import type { Column, CopyWord, Row, VariantTable } from "@/lib/features/compare/model.ts";
import { Disclosure } from "../../_ui/controls/disclosure.tsx";
import type { TableChoice } from "./table-choice.ts";

type TableFootProps = {
  readonly table: VariantTable;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  readonly choice: TableChoice;
};

/** What the colours say, what was played, when it was measured, and how each column is made. */
export function TableFoot({ table, columns, rows, choice }: TableFootProps) {
  const depths = depthsIn(columns, rows, choice.thief);
  const notes = columns.flatMap(({ id }) => rows.map(({ cells }) => cells[id]?.copies?.[choice.thief]?.note ?? ""));
  const halfOld = notes.find((note) => note.endsWith(" old"));
  return (
    <footer className="compare-foot print:hidden">
      <div className="compare-notes">
        {depths.map((depth) => (
          <span key={depth} className="compare-key">
            <i data-depth={depth} /> {depthTitles[depth]}
          </span>
        ))}
        {depths.length > 0 && <p>Of two credentials, the one that gets in longer is shown.</p>}
        {columns.some(({ id }) => id === "still-in") && (
          <p>“Still in” counts what an owner or an admin does, and not time.</p>
        )}
        {halfOld && <p>“{halfOld}”: the other one has the old role for so long.</p>}
        <p role="status">
          {rows.length} of {table.rows.length} variants
        </p>
        <PlayedNote columns={columns} rows={rows} />
      </div>
      <div className="compare-notes">
        <MeasuredNote measured={table.measured} />
        <a href="/api/comparison?format=csv" className="underline hover:text-ink">
          CSV
        </a>
        <a href="/api/comparison" className="underline hover:text-ink">
          JSON
        </a>
      </div>
      <Disclosure summary="How each column is made">
        <dl className="compare-how">
          {columns.map(({ id, title, how, measured }) => (
            <div key={id}>
              <dt>{title}</dt>
              <dd>
                {how}
                {measured && " Measured by this process, with requests of its own."}
              </dd>
            </div>
          ))}
        </dl>
      </Disclosure>
    </footer>
  );
}

const depthTitles: Readonly<Record<Exclude<CopyWord["depth"], 0>, string>> = {
  1: "in for 15 min at most",
  2: "an hour at most",
  3: "a day at most",
  4: "longer",
};

function depthsIn(columns: readonly Column[], rows: readonly Row[], thief: TableChoice["thief"]) {
  const found = new Set(rows.flatMap(({ cells }) => columns.map(({ id }) => cells[id]?.copies?.[thief].depth)));
  return ([1, 2, 3, 4] as const).filter((depth) => found.has(depth));
}

/** How much of the table this lab has played. The rest are claims. */
function PlayedNote({ columns, rows }: Pick<TableFootProps, "columns" | "rows">) {
  const experiments = columns.filter(({ experiment }) => experiment !== undefined);
  const cells = rows
    .flatMap((row) => experiments.flatMap(({ id }) => row.cells[id] ?? []))
    .filter(({ copies }) => copies);
  if (cells.length === 0) return null;
  const played = cells.flatMap((cell) => cell.played ?? []);
  const held = played.filter(({ holds }) => holds).length;
  return (
    <p className="ml-auto">
      {played.length === 0
        ? "Claims, in italics: this lab has played none. "
        : `${held} of ${played.length} played are as claimed. ${played.length < cells.length ? `${cells.length - played.length} claims, in italics. ` : ""}`}
      <Link href="/who-still-gets-in?view=all" prefetch={false} className="underline hover:text-ink">
        Play them
      </Link>
    </p>
  );
}

function MeasuredNote({ measured }: Pick<VariantTable, "measured">) {
  if (measured) {
    return (
      <p>
        Sizes and costs measured here{" "}
        <time dateTime={measured.at}>{measured.at.slice(0, 19).replace("T", " ")} UTC</time>, version {measured.version}
      </p>
    );
  }
  return (
    <p>
      Measuring sizes and costs: each variant logs in once…
      <noscript> Load this page again in a moment to see them.</noscript>
    </p>
  );
}
