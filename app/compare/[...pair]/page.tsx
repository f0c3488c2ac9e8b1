import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { comparable, compare } from "@/lib/features/compare/compare.ts";
import { PageTitle } from "../../_ui/page-title.tsx";
import { readSegment } from "../../path-segment.ts";
import { ComparisonView } from "../_parts/comparison-view.tsx";
import { PairChooser } from "../_parts/pair-chooser.tsx";

type PairPage = { readonly params: Promise<{ readonly pair: readonly string[] }> };

async function comparisonOf({ params }: PairPage) {
  return compare((await params).pair.map(readSegment));
}

export async function generateMetadata(props: PairPage): Promise<Metadata> {
  const found = await comparisonOf(props);
  return found ? { title: `${found.left.title} and ${found.right.title}` } : {};
}

/** The differences between two flows or two variants. */
export default async function ComparePage(props: PairPage) {
  const comparison = await comparisonOf(props);
  if (!comparison) notFound();
  const { left, right } = comparison;
  return (
    <>
      <PageTitle>
        {left.title} <span className="font-normal text-dim">and</span> {right.title}
      </PageTitle>
      <PairChooser choices={comparable} left={left.id} right={right.id} />
      <ComparisonView comparison={comparison} />
    </>
  );
}
