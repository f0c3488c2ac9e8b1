import type { Metadata } from "next";
import { headers } from "next/headers";
import type { FlowManifest } from "@/lib/core/variant.ts";
import type { AttackOrigins } from "@/lib/features/attacks/hosts/model.ts";
import { application } from "@/lib/server/application.ts";
import { reachOf } from "../_parts/reach.ts";
import { TossingScreen } from "./_parts/tossing-screen.tsx";

export const metadata: Metadata = {
  title: "Cookie tossing",
  description:
    "Let a sibling subdomain plant cookies in alice's browser, against plain, __Secure- and __Host- names, and see what the browser then sends and what the application makes of it.",
};

export default async function TossingPage() {
  const { app, tossing, flows } = await application();
  const { origins, domain } = tossing;
  const host = (await headers()).get("host") ?? "";
  const reach = domain.includes(".") ? reachOf(origins, "sibling", host) : "nowhere";
  const manifests = flows.map(({ manifest }) => manifest);
  const shown = app.labMode ? await shownAt(origins, domain, manifests) : null;
  return <TossingScreen shown={shown} reach={reach} />;
}

/** Lab mode alone loads this. */
async function shownAt(origins: AttackOrigins, domain: string, manifests: readonly FlowManifest[]) {
  const { tossingTold } = await import("@/lib/features/attacks/tossing/told.ts");
  const { recordedAt, inFirefox } = await import("@/lib/features/attacks/tossing/recorded-play.ts");
  return { told: tossingTold(domain, manifests), recorded: recordedAt(origins), inFirefox };
}
