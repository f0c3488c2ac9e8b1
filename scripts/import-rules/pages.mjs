// The rules for imports among the pages and their components.

import { globSync } from "node:fs";
import { join } from "node:path";
import { local, named, tests } from "./files.mjs";

/** The rooms of app that run in a browser: those that several pages share, and each page's own parts. */
export const pageCode = ["^app/_", "^app/.+/_parts/"];

/** The shared models of an instrument: plain data and types, without Node.js. */
const models = ["^lib/features/.+/(model|difference|diagnose|vanish-causes|catalogue)\\.ts$"];

/** Each page with _parts: its folder, and the folder of its parts. The dashboard's are directly in app. */
const pagesWithParts = globSync("app/**/_parts", { cwd: join(import.meta.dirname, "../..") }).map((folder) => {
  const parts = `^${folder.replaceAll("\\", "/").replace(/[()[\].]/g, "\\$&")}/`;
  return { parts, owner: parts === "^app/_parts/" ? ["^app/page\\.tsx$", parts] : [parts.replace(/_parts\/$/, "")] };
});

export const pageRules = [
  {
    name: "ui-sees-core-and-itself",
    comment:
      "app/_ui is drawn from props and knows no lab: it imports itself, lib/core and libraries for the interface.",
    severity: "error",
    from: { path: "^app/_ui/", pathNot: tests },
    to: { path: [local, named("zod")], pathNot: ["^app/_ui/", "^lib/core/"] },
  },
  {
    name: "browser-kernel-sees-ui-and-lab",
    comment: "app/_browser is the kernel of every page: it imports itself, app/_ui, lib/core and lib/lab.",
    severity: "error",
    from: { path: "^app/_browser/", pathNot: tests },
    to: { path: [local, named("zod")], pathNot: ["^app/_(browser|ui)/", "^lib/(core|lab)/"] },
  },
  {
    name: "page-code-sees-models",
    comment:
      "What pages show is drawn from plain data: it imports other rooms of app, lib/core, lib/lab and the models of features. Let the page fetch and pass the rest.",
    severity: "error",
    from: { path: pageCode, pathNot: tests },
    to: { path: ["^(e2e|lib|prisma|scripts)/", named("zod")], pathNot: ["^lib/(core|lab)/", ...models] },
  },
  ...pagesWithParts.map(({ parts, owner }) => ({
    name: "parts-belong-to-their-page",
    comment:
      "A page's _parts are seen by that page alone. What a second page needs moves to a room of app: app/_<thing>/.",
    severity: "error",
    from: { pathNot: [...owner, ...tests] },
    to: { path: parts },
  })),
  {
    name: "browser-code-needs-no-node",
    comment: "What pages show runs in the browser, which has no modules of Node.js.",
    severity: "error",
    from: { path: pageCode, pathNot: tests },
    to: { dependencyTypes: ["core"] },
  },
];
