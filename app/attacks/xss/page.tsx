import type { Metadata } from "next";
import { headers } from "next/headers";
import { application } from "@/lib/server/application.ts";
import { butForFirefox, leadsHere } from "../_parts/reach.ts";
import { XssScreen } from "./_parts/xss-screen.tsx";

export const metadata: Metadata = {
  title: "Injected script",
  description:
    "Let one injected script loose on every place of a credential, and see what it gets, what each defence leaves of it, and what outlives the login.",
};

export default async function XssPage() {
  const { app, xss, flows } = await application();
  const { origins } = xss;
  const asked = await headers();
  const host = asked.get("host") ?? "";
  const shown = app.labMode
    ? (await import("@/lib/features/attacks/xss/shown.ts")).xssShown(
        origins,
        flows.map(({ manifest }) => manifest),
      )
    : null;
  const canPlay = leadsHere(origins.vulnerable, host) && leadsHere(origins.attacker, host);
  const reach = butForFirefox(canPlay ? "here" : "nowhere", asked.get("user-agent"));
  return <XssScreen shown={shown} origins={origins} reach={reach} />;
}
