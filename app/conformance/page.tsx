import type { Metadata } from "next";
import { readConformance } from "@/lib/features/conformance/conformance.ts";
import { application } from "@/lib/server/application.ts";
import { PageTitle } from "../_ui/page-title.tsx";
import type { PageProps } from "../linked-choice.ts";
import { filterFrom, rowsFor } from "./_parts/conformance-filter.ts";
import { shownRows } from "./_parts/conformance-rows.ts";
import { ConformanceRuns } from "./_parts/conformance-runs.tsx";
import { ConformanceFilters, ConformanceSummary } from "./_parts/conformance-summary.tsx";
import { ConformanceTable } from "./_parts/conformance-table.tsx";

export const metadata: Metadata = {
  title: "Conformance",
  description: "Which requirement each flow meets, cannot meet or meets only with an option, from the last test run.",
};

export default async function ConformancePage({ searchParams }: PageProps) {
  const view = await readConformance((await application()).env);
  const filter = filterFrom(await searchParams, view);
  const rows = rowsFor(view, filter);
  return (
    <>
      <div className="grid gap-2">
        <PageTitle
          lead={
            <>
              See which requirement each flow meets, and the tests that show it. A passed test shows that a requirement
              is met, or that a variant cannot meet it. Without a test it is unproven. Unsafe variants do not count.
            </>
          }
        >
          Conformance
        </PageTitle>
        <ConformanceRuns runs={view.runs} />
      </div>
      <ConformanceSummary view={view} />
      <ConformanceFilters view={view} filter={filter} />
      <p role="status" className="text-13 text-dim">
        {rows.length} of {view.rows.length} requirements
      </p>
      <ConformanceTable rows={shownRows(rows)} sources={view.sources} flows={view.flows} />
    </>
  );
}
