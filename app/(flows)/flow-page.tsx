import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { FlowId } from "@/lib/core/ids.ts";
import { readFlowSource } from "@/lib/features/source/source-reader.ts";
import { experiments } from "@/lib/lab/experiments.ts";
import { claimSheetsOf, flowSummaries, settingWordsOf } from "@/lib/server/view/lab-view.ts";
import { linkedChoice, linkedSource, type PageProps } from "../linked-choice.ts";
import { FlowScreen } from "./_parts/flow-screen.tsx";

const questions = experiments.map(({ id, title, question, group, replay }) => ({
  id,
  title,
  question,
  group,
  replay,
}));

function flowOf(id: FlowId) {
  return flowSummaries.find((flow) => flow.id === id);
}

export function flowMetadata(id: FlowId): Metadata {
  const flow = flowOf(id);
  return flow ? { title: flow.title, description: `${flow.trusts} ${flow.therefore}` } : {};
}

/** The page of one flow. Answers 404 for a flow that is not in the registry. */
export async function FlowPage({ id, searchParams }: PageProps & { id: FlowId }) {
  const source = flowOf(id) && (await readFlowSource(id, await linkedSource(searchParams)));
  if (!source) notFound();
  const claimed = { experiments: questions, claims: claimSheetsOf(id) };
  const given = { claimed, source, settingRows: settingWordsOf(id) };
  return <FlowScreen flowId={id} linked={await linkedChoice(searchParams)} {...given} />;
}
