import type { Metadata } from "next";
import { headers } from "next/headers";
import { application } from "@/lib/server/application.ts";
import { reachOf } from "../_parts/reach.ts";
import { CsrfScreen } from "./_parts/csrf-screen.tsx";

export const metadata: Metadata = {
  title: "Cross-site requests",
  description:
    "Let pages of an attacker make alice’s browser send requests, and see each as it arrived with the verdict of every defence.",
};

export default async function CsrfPage() {
  const { app, csrf, flows } = await application();
  const { origins } = csrf;
  const host = (await headers()).get("host") ?? "";
  const shown = app.labMode
    ? (await import("@/lib/features/attacks/csrf/shown.ts")).csrfShown(
        origins,
        flows.map(({ manifest }) => manifest.id),
      )
    : null;
  return <CsrfScreen shown={shown} origins={origins} host={host} reach={reachOf(origins, "attacker", host)} />;
}
