import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { Suspense } from "react";
import { arePair, variantTable } from "@/lib/features/compare/fill-table.ts";
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
  if (known) return <Tables table={variantTable(known, played)} choice={choice} />;
  return (
    <Suspense fallback={<Tables table={variantTable(null, played)} choice={choice} />}>
      <MeasuredTables choice={choice} played={played} />
    </Suspense>
  );
}

async function MeasuredTables({ choice, played }: { choice: TableChoice; played: readonly MatrixCell[] }) {
  const { measurements } = await application();
  return <Tables table={variantTable(await measurements.take(), played)} choice={choice} />;
}
