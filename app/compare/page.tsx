import type { Metadata } from "next";
import { headers } from "next/headers";
import Link from "next/link";
import { Suspense } from "react";
import { columns, rowFilters, variantTable } from "@/lib/features/compare/fill-table.ts";
import { chooseRows, type VariantTable as Table } from "@/lib/features/compare/model.ts";
import type { MatrixCell } from "@/lib/lab/played-cells.ts";
import { application } from "@/lib/server/application.ts";
import { readMatrixView } from "@/lib/server/view/lab-view.ts";
import { CardFrame } from "../_ui/card.tsx";
import { PageTitle } from "../_ui/page-title.tsx";
import { EmptyNote } from "../_ui/pane.tsx";
import type { PageProps } from "../linked-choice.ts";
import { clientTitles } from "./_parts/column-titles.ts";
import { CompareForm } from "./_parts/compare-form.tsx";
import { PrintedTables } from "./_parts/printed-tables.tsx";
import { type TableChoice, tableChoice } from "./_parts/table-choice.ts";
import { VariantTable } from "./_parts/variant-table.tsx";

export const metadata: Metadata = {
  title: "Compare",
  description:
    "Compare all variants by clients, distribution, security, effort, logout, size and cost. Each cell links to its source.",
};

const formId = "comparison";
const untitled = (value: string) => ({ value, label: value });

/** All variants side by side. The first visit starts the measurements, and the other columns are shown meanwhile. */
export default async function ComparePage({ searchParams }: PageProps) {
  const choice = tableChoice(await searchParams);
  const { measurements } = await application();
  const known = measurements.current();
  const played = (await readMatrixView(await headers()))?.cells ?? [];
  const selects = [
    { name: "flow", label: "Flow", options: rowFilters.flows.map(({ id, title }) => ({ value: id, label: title })) },
    { name: "safety", label: "Safety", options: rowFilters.safeties.map(untitled) },
    {
      name: "client",
      label: "Serves",
      options: rowFilters.clients.map((value) => ({ value, label: clientTitles[value] })),
    },
    {
      name: "ends",
      label: "Ends at once after",
      options: rowFilters.events.map(({ id, title }) => ({ value: id, label: title.toLowerCase() })),
    },
  ] as const;
  return (
    <>
      <div className="print:hidden">
        <PageTitle
          lead={
            <>
              Compare all variants. Each cell is read from a manifest, counted in the source or measured, and links
              there. <b className="font-medium">In 30 min, in use 8 h</b> says how long a copied credential still gets
              in, unused and in use. A tick marks what your lab{" "}
              <Link href="/who-still-gets-in" prefetch={false} className="underline hover:text-ink">
                has played
              </Link>
              ; without a tick it is a claim.
            </>
          }
        >
          Compare
        </PageTitle>
      </div>
      <CompareForm choice={choice} selects={selects} formId={formId}>
        {known ? (
          <Tables table={variantTable(known, played)} choice={choice} />
        ) : (
          <Suspense fallback={<Tables table={variantTable(null, played)} choice={choice} />}>
            <MeasuredTables choice={choice} played={played} />
          </Suspense>
        )}
      </CompareForm>
    </>
  );
}

async function MeasuredTables({ choice, played }: { choice: TableChoice; played: readonly MatrixCell[] }) {
  const { measurements } = await application();
  return <Tables table={variantTable(await measurements.take(), played)} choice={choice} />;
}

function Tables({ table, choice }: { table: Table; choice: TableChoice }) {
  const rows = chooseRows(table, choice);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1 text-xs text-dim print:hidden">
        <p role="status">
          {rows.length} of {table.rows.length} variants
        </p>
        <MeasuredNote measured={table.measured} />
        <p className="ml-auto flex gap-3">
          <a href="/api/comparison" className="underline hover:text-ink">
            JSON
          </a>
          <a href="/api/comparison?format=csv" className="underline hover:text-ink">
            CSV
          </a>
        </p>
      </div>
      {rows.length > 0 ? (
        <VariantTable columns={columns} rows={rows} choice={choice} formId={formId} />
      ) : (
        <CardFrame>
          <EmptyNote>No variant matches all of these choices. Remove one.</EmptyNote>
        </CardFrame>
      )}
      <PrintedTables columns={columns} rows={rows} measured={table.measured} />
    </div>
  );
}

function MeasuredNote({ measured }: Pick<Table, "measured">) {
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
