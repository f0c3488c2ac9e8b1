import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { Suspense } from "react";
import { arePair, comparable, rowFilters, variantTable } from "@/lib/features/compare/fill-table.ts";
import type { Measured } from "@/lib/features/compare/model.ts";
import { logoutResult, tabResults } from "@/lib/features/compare/tab-results.ts";
import type { MatrixCell } from "@/lib/lab/played-cells.ts";
import { application } from "@/lib/server/application.ts";
import { readMatrixView } from "@/lib/server/view/lab-view.ts";
import type { PageProps } from "../linked-choice.ts";
import { type TableChoice, tableChoice } from "./_parts/table-choice.ts";
import { Tables } from "./_parts/tables.tsx";
import "./_parts/compare.css";

export const metadata: Metadata = {
  title: "Compare",
  description:
    "Compare all variants by logout, size, cost, attacks, faults, abilities and code. Each cell links to its source.",
};

/** All variants side by side. The first visit starts the measurements, and the other columns are shown meanwhile. */
export default async function ComparePage({ searchParams }: PageProps) {
  const query = await searchParams;
  const { left, right } = query;
  if (typeof left === "string" && typeof right === "string" && arePair(left, right)) {
    redirect(`/compare/${left}/${right}`);
  }
  const choice = tableChoice(query);
  const { measurements } = await application();
  const known = measurements.current();
  const played = (await readMatrixView(await headers()))?.cells ?? [];
  const asked = { choice, played };
  if (known) return <Filled {...asked} measured={known} />;
  return (
    <Suspense fallback={<Filled {...asked} measured={null} />}>
      <MeasuredTables {...asked} />
    </Suspense>
  );
}

type AskedTable = { readonly choice: TableChoice; readonly played: readonly MatrixCell[] };

async function MeasuredTables(asked: AskedTable) {
  const { measurements } = await application();
  return <Filled {...asked} measured={await measurements.take()} />;
}

function Filled({ choice, played, measured }: AskedTable & { readonly measured: Measured | null }) {
  const table = variantTable(measured, played);
  return (
    <Tables
      table={table}
      logout={logoutResult(table, choice.thief)}
      results={tabResults(table, choice.thief)}
      filters={rowFilters}
      comparable={comparable}
      choice={choice}
    />
  );
}
