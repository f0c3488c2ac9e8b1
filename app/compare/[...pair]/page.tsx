import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { compare, pairTitles } from "@/lib/features/compare/compare.ts";
import { comparable } from "@/lib/features/compare/fill-table.ts";
import type { Measured } from "@/lib/features/compare/model.ts";
import { application } from "@/lib/server/application.ts";
import { readMatrixView } from "@/lib/server/view/lab-view.ts";
import type { PageProps } from "../../linked-choice.ts";
import { readSegment } from "../../path-segment.ts";
import { type TableChoice, tableChoice } from "../_parts/table-choice.ts";
import { ComparisonView } from "./_parts/comparison-view.tsx";
import "../_parts/compare.css";

type PairPage = PageProps & { readonly params: Promise<{ readonly pair: readonly string[] }> };

async function segmentsOf({ params }: Pick<PairPage, "params">): Promise<readonly string[]> {
  return (await params).pair.map(readSegment);
}

export async function generateMetadata(props: PairPage): Promise<Metadata> {
  const titles = pairTitles(await segmentsOf(props));
  return titles ? { title: titles.join(" and ") } : {};
}

/** Compares two flows or two variants: what they do differently, their settings, and their source. */
export default async function ComparePage(props: PairPage) {
  const segments = await segmentsOf(props);
  if (!pairTitles(segments)) notFound();
  const query = await props.searchParams;
  const { thief } = tableChoice(query);
  const file = typeof query["file"] === "string" ? query["file"] : null;
  const asked = { segments, thief, file };
  const { measurements } = await application();
  const known = measurements.current();
  if (known) return <Pair {...asked} measured={known} />;
  return (
    <Suspense fallback={<Pair {...asked} measured={null} />}>
      <MeasuredPair {...asked} />
    </Suspense>
  );
}

type PairProps = {
  readonly segments: readonly string[];
  readonly thief: TableChoice["thief"];
  /** The file whose lines are shown. */
  readonly file: string | null;
};

async function MeasuredPair(props: PairProps) {
  const { measurements } = await application();
  return <Pair {...props} measured={await measurements.take()} />;
}

async function Pair({ segments, thief, file, measured }: PairProps & { readonly measured: Measured | null }) {
  const played = (await readMatrixView(await headers()))?.cells ?? [];
  const comparison = await compare(segments, { measured, played, thief, file });
  return comparison && <ComparisonView comparison={comparison} choices={comparable} thief={thief} />;
}
