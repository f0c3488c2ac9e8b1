import type { Metadata } from "next";
import { attackRows } from "@/lib/features/attacks/overview/rows.ts";
import { application } from "@/lib/server/application.ts";
import { AttacksScreen } from "./_parts/attacks-screen.tsx";

export const metadata: Metadata = {
  title: "Attacks",
  description: "Every attack by every flow, without its defence and with all of them.",
};

export default async function AttacksPage() {
  const { flows } = await application();
  return <AttacksScreen rows={attackRows(flows.map(({ manifest }) => manifest))} />;
}
