import type { Metadata } from "next";
import { withPlays } from "@/lib/features/attacks/overview/plays.ts";
import { attackRows } from "@/lib/features/attacks/overview/rows.ts";
import { application } from "@/lib/server/application.ts";
import { AttacksScreen } from "./_parts/attacks-screen.tsx";

export const metadata: Metadata = {
  title: "Attacks",
  description: "Every attack by every flow, without its defence and with all of them.",
};

export default async function AttacksPage() {
  const { flows } = await application();
  const manifests = flows.map(({ manifest }) => manifest);
  return <AttacksScreen rows={withPlays(attackRows(manifests), manifests)} />;
}
