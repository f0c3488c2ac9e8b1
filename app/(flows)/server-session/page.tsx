import type { PageProps } from "../../linked-choice.ts";
import { FlowPage, flowMetadata } from "../flow-page.tsx";

export const metadata = flowMetadata("server-session");

export default function ServerSessionPage({ searchParams }: PageProps) {
  return <FlowPage id="server-session" searchParams={searchParams} />;
}
