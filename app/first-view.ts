import { headers } from "next/headers";
import { cache } from "react";
import type { CopiesView } from "@/lib/lab/feed/copies-view.ts";
import type { LabView } from "@/lib/lab/lab-view.ts";
import { application } from "@/lib/server/application.ts";
import { readLabView } from "@/lib/server/view/lab-view.ts";

export type FirstView = {
  readonly labMode: boolean;
  readonly view: LabView | null;
  readonly copies: CopiesView | null;
};

/** The visitor's lab for the first render of a page. It is read once for each request. */
export const firstView = cache(async (): Promise<FirstView> => {
  const { app, copies } = await application();
  const view = app.labMode ? await readLabView(await headers()) : null;
  // A login can be pressed before the page's stream is open.
  if (view) app.exchanges.expectReader(view.lab.id);
  return { labMode: app.labMode, view, copies: view && copies.view(view.lab.id) };
});
