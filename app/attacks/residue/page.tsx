import type { Metadata } from "next";
import { headers } from "next/headers";
import { residueShown } from "@/lib/features/attacks/residue/told.ts";
import { application } from "@/lib/server/application.ts";
import { reachOf } from "../_parts/reach.ts";
import { ResidueScreen } from "./_parts/residue-screen.tsx";

export const metadata: Metadata = {
  title: "Residue",
  description:
    "See what the back button, caches, prefetched pages and open tabs still show after a logout, and what each defence ends.",
};

export default async function ResiduePage() {
  const { app, csrf } = await application();
  const { origins } = csrf;
  const host = (await headers()).get("host") ?? "";
  return (
    <ResidueScreen
      shown={app.labMode ? residueShown() : null}
      victim={origins.victim}
      reach={reachOf(origins, null, host)}
    />
  );
}
