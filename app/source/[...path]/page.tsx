import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { readReadable } from "@/lib/features/source/readable-source.ts";
import { SourcePageView } from "../../_source/source-page.tsx";
import { Card } from "../../_ui/card.tsx";
import { PageTitle } from "../../_ui/page-title.tsx";
import type { PageProps } from "../../linked-choice.ts";

type SourcePageProps = PageProps & { readonly params: Promise<{ readonly path: readonly string[] }> };

async function sourceOf({ params }: SourcePageProps) {
  return readReadable((await params).path);
}

export async function generateMetadata(props: SourcePageProps): Promise<Metadata> {
  const source = await sourceOf(props);
  return source ? { title: source.path } : {};
}

/** A module or a test of this repository, at the version that runs. */
export default async function SourcePage(props: SourcePageProps) {
  const source = await sourceOf(props);
  if (!source) notFound();
  const { line } = await props.searchParams;
  const wanted = typeof line === "string" && /^\d{1,5}$/.test(line) ? Number(line) : 0;
  return (
    <>
      <PageTitle small>
        <span className="font-mono wrap-anywhere">{source.path}</span>
      </PageTitle>
      <Card title="Source" label="Source" note={`${source.lines.length} lines`}>
        <SourcePageView source={source} line={wanted >= 1 && wanted <= source.lines.length ? wanted : null} />
      </Card>
      <p className="text-13">
        <Link href="/conformance" prefetch={false} className="underline underline-offset-3">
          Which requirements tests and code name
        </Link>
      </p>
    </>
  );
}
