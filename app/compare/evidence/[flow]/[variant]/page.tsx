import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { evidenceOf } from "@/lib/features/compare/fill-table.ts";
import { application } from "@/lib/server/application.ts";
import { Card } from "../../../../_ui/card.tsx";
import { FlowIcon } from "../../../../_ui/flow-icon.tsx";
import { PageTitle } from "../../../../_ui/page-title.tsx";
import { EmptyNote } from "../../../../_ui/pane.tsx";
import { SafetyBadge } from "../../../../_ui/safety-badge.tsx";
import { readSegment } from "../../../../path-segment.ts";
import { CountedEvidence, MeasuredEvidence } from "../../../_parts/evidence-cards.tsx";

type EvidencePage = { readonly params: Promise<{ readonly flow: string; readonly variant: string }> };

async function nameOf({ params }: EvidencePage): Promise<string> {
  const { flow, variant } = await params;
  return `${readSegment(flow)}/${readSegment(variant)}`;
}

export async function generateMetadata(props: EvidencePage): Promise<Metadata> {
  return { title: `Size and cost of ${await nameOf(props)}` };
}

/** All counts and measurements of one variant. Cells of the comparison link here. */
export default async function EvidencePage(props: EvidencePage) {
  const found = evidenceOf(await nameOf(props));
  if (!found) notFound();
  const { manifest, variant, effort } = found;
  const { measurements } = await application();
  return (
    <div data-flow={manifest.id} className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <PageTitle
        above={
          <Link href="/compare" prefetch={false} className="text-dim underline hover:text-ink">
            Compare
          </Link>
        }
        lead={variant.summary}
      >
        <FlowIcon flow={manifest.id} className="size-5" />
        {manifest.title}: {variant.title} <SafetyBadge safety={variant.safety} />
      </PageTitle>
      <CountedEvidence effort={effort} />
      {measurements.current() ? (
        <Measured id={variant.id} />
      ) : (
        <Suspense
          fallback={
            <Card title="Measured" label="Measured">
              <EmptyNote>Measuring: each variant logs in once…</EmptyNote>
            </Card>
          }
        >
          <Measured id={variant.id} />
        </Suspense>
      )}
    </div>
  );
}

async function Measured({ id }: { id: `${string}/${string}` }) {
  const { measurements } = await application();
  const { at, version, byVariant } = await measurements.take();
  const measured = byVariant[id] ?? { missing: "It was added after the measurement." };
  return <MeasuredEvidence measured={measured} at={at} version={version} />;
}
