import type { PageProps } from "../../linked-choice.ts";
import { FlowPage, flowMetadata } from "../flow-page.tsx";

export const metadata = flowMetadata("memory-jwt");

export default function MemoryJwtPage({ searchParams }: PageProps) {
  return <FlowPage id="memory-jwt" searchParams={searchParams} />;
}
