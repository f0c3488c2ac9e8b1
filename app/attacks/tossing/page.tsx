import type { Metadata } from "next";
import { headers } from "next/headers";
import { application } from "@/lib/server/application.ts";
import { butForFirefox, reachOf } from "../_parts/reach.ts";
import { TossingScreen } from "./_parts/tossing-screen.tsx";

export const metadata: Metadata = {
  title: "Cookie tossing",
  description:
    "Let a sibling subdomain plant cookies in alice's browser, against plain, __Secure- and __Host- names, and see what the browser then sends and what the application makes of it.",
};

export default async function TossingPage() {
  const { app, tossing, flows } = await application();
  const { origins, domain } = tossing;
  const asked = await headers();
  const reach = domain.includes(".") ? reachOf(origins, "sibling", asked.get("host") ?? "") : "nowhere";
  const manifests = flows.map(({ manifest }) => manifest);
  const shown = app.labMode
    ? {
        told: (await import("@/lib/features/attacks/tossing/told.ts")).tossingTold(domain, manifests),
        recorded: (await import("@/lib/features/attacks/tossing/recorded-play.ts")).recordedAt(origins),
      }
    : null;
  return <TossingScreen shown={shown} reach={butForFirefox(reach, asked.get("user-agent"))} />;
}
