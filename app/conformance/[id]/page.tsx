import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { readConformance } from "@/lib/features/conformance/conformance.ts";
import { slugOf } from "@/lib/features/conformance/model.ts";
import { application } from "@/lib/server/application.ts";
import { PageTitle } from "../../_ui/page-title.tsx";
import { InWords } from "../../_words/in-words.tsx";
import { ConformanceEvidence } from "../_parts/conformance-evidence.tsx";

type RequirementPage = { readonly params: Promise<{ readonly id: string }> };

async function requirementOf({ params }: RequirementPage) {
  const { id } = await params;
  const view = await readConformance((await application()).env);
  return { view, row: view.rows.find((row) => slugOf(row.id) === id) };
}

export async function generateMetadata(props: RequirementPage): Promise<Metadata> {
  const { row } = await requirementOf(props);
  return row ? { title: row.id, description: row.text } : {};
}

/** All evidence for the verdicts on one requirement. */
export default async function RequirementPage(props: RequirementPage) {
  const { view, row } = await requirementOf(props);
  if (!row) notFound();
  const source = view.sources.find(({ id }) => id === row.source);
  return (
    <>
      <div className="grid gap-1">
        <PageTitle
          above={
            <Link href="/conformance" prefetch={false} className="underline underline-offset-3">
              Conformance
            </Link>
          }
        >
          {row.id} <span className="text-base font-normal text-dim">{row.level}</span>
        </PageTitle>
        <p>
          <InWords>{row.text}</InWords>
        </p>
        <p className="text-13 text-dim">
          {row.concerns !== null && <>About {row.concerns}. </>}In our words;{" "}
          <a href={source?.address} rel="noreferrer" className="underline underline-offset-3">
            {source?.title}
          </a>{" "}
          has the original text.
        </p>
      </div>
      <div className="grid items-start gap-4 @4xl:grid-cols-2">
        <ConformanceEvidence row={row} flows={view.flows} />
      </div>
    </>
  );
}
