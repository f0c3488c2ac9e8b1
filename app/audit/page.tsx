import type { Metadata } from "next";
import { headers } from "next/headers";
import { readAuditView } from "@/lib/server/view/lab-view.ts";
import { AuditScreen } from "./_parts/audit-screen.tsx";

export const metadata: Metadata = {
  title: "Audit",
  description: "Every login, refresh, logout and revocation in this lab, as an operator sees it.",
};

export default async function AuditPage() {
  return <AuditScreen first={await readAuditView(await headers())} />;
}
