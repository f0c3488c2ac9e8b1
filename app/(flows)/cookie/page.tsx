import type { PageProps } from "../../linked-choice.ts";
import { FlowPage, flowMetadata } from "../flow-page.tsx";

export const metadata = flowMetadata("cookie");

export default function CookiePage({ searchParams }: PageProps) {
  return <FlowPage id="cookie" searchParams={searchParams} />;
}
