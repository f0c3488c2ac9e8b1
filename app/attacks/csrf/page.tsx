import type { Metadata } from "next";
import { headers } from "next/headers";
import type { AttackOrigins } from "@/lib/features/attacks/hosts/model.ts";
import { application } from "@/lib/server/application.ts";
import { CsrfScreen, type Reach } from "./_parts/csrf-screen.tsx";

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
  return <CsrfScreen shown={shown} origins={origins} reach={reachOf(origins, host)} />;
}

/** Whether this browser can play: names at localhost lead a browser to its own machine, which may be another one. */
function reachOf({ victim, attacker }: AttackOrigins, host: string): Reach {
  if (attacker === null) return "nowhere";
  if (host === new URL(victim).host) return "here";
  const isLocal = (name: string) =>
    name === "localhost" || name.endsWith(".localhost") || name.startsWith("127.") || name === "[::1]";
  const own = URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : "";
  return isLocal(new URL(victim).hostname) && !isLocal(own) ? "nowhere" : "elsewhere";
}
