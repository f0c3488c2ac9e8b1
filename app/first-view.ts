import { headers } from "next/headers";
import { cache } from "react";
import type { LabView } from "@/lib/lab/lab-view.ts";
import { application } from "@/lib/server/application.ts";
import { readLabView } from "@/lib/server/view/lab-view.ts";

export type FirstView = { readonly labMode: boolean; readonly view: LabView | null };

/** The visitor's lab for the first render of a page. It is read once for each request. */
export const firstView = cache(async (): Promise<FirstView> => {
  const { app } = await application();
  return { labMode: app.labMode, view: app.labMode ? await readLabView(await headers()) : null };
});
