import type { PageProps } from "../../linked-choice.ts";
import { FlowPage, flowMetadata } from "../flow-page.tsx";

export const metadata = flowMetadata("hybrid");

export default function HybridPage({ searchParams }: PageProps) {
  return <FlowPage id="hybrid" searchParams={searchParams} />;
}
