import type { Metadata } from "next";
import { headers } from "next/headers";
import { readAuditView } from "@/lib/server/view/lab-view.ts";
import { AuditScreen } from "./_parts/audit-screen.tsx";

export const metadata: Metadata = {
  title: "Audit",
  description: "What happened in this lab, as an operator would see it: no credential in it.",
};

export default async function AuditPage() {
  return <AuditScreen first={await readAuditView(await headers())} />;
}
