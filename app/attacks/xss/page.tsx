import type { Metadata } from "next";
import { headers } from "next/headers";
import { application } from "@/lib/server/application.ts";
import { leadsHere } from "../_parts/reach.ts";
import { XssScreen } from "./_parts/xss-screen.tsx";

export const metadata: Metadata = {
  title: "Injected script",
  description:
    "Let one injected script loose on every place of a credential, and see what it gets, what each defence leaves of it, and what outlives the login.",
};

export default async function XssPage() {
  const { app, xss, flows } = await application();
  const { origins } = xss;
  const host = (await headers()).get("host") ?? "";
  const shown = app.labMode
    ? (await import("@/lib/features/attacks/xss/shown.ts")).xssShown(
        origins,
        flows.map(({ manifest }) => manifest),
      )
    : null;
  const canPlay = leadsHere(origins.vulnerable, host) && leadsHere(origins.attacker, host);
  return <XssScreen shown={shown} origins={origins} reach={canPlay ? "here" : "nowhere"} />;
}
