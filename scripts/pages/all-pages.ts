import { globSync } from "node:fs";
import { dirname, join } from "node:path";
import { requirements } from "../../lib/features/conformance/catalogue.ts";
import { flows, variants } from "../../lib/flows/registry.ts";
import { giveUp, project } from "../processes.ts";

const [oneFlow, otherFlow] = flows.map(({ manifest }) => manifest.id);
const [oneVariant, otherVariant] = variants.map(({ id }) => id);
// In the form in which the page writes it into an address.
const [oneRequirement] = requirements.map(({ id }) => id.replaceAll(" ", "-"));

/** Example addresses of pages with dynamic parts. */
const examples: Readonly<Record<string, readonly string[]>> = {
  "/attacks/residue/[page]": [`/attacks/residue/left?run=one&walk=one&flow=${oneFlow}&defence=none`],
  "/compare/[...pair]": [`/compare/${oneFlow}/${otherFlow}`, `/compare/${oneVariant}/${otherVariant}`],
  "/compare/evidence/[flow]/[variant]": [`/compare/evidence/${oneVariant}`],
  "/conformance/[id]": [`/conformance/${oneRequirement}`],
  "/lesson/[name]": ["/lesson/log-out"],
  "/source/[...path]": [`/source/lib/flows/${oneFlow}/flow.ts`],
};

/** Every page below `app`, the dashboard first. */
export function allPages(): readonly string[] {
  const routes = globSync("**/page.tsx", { cwd: join(project, "app") }).map((file) => {
    const parts = dirname(file).split(/[\\/]/);
    return `/${parts.filter((part) => part !== "." && !part.startsWith("(")).join("/")}`;
  });
  return routes
    .sort()
    .flatMap((route) => (route.includes("[") ? (examples[route] ?? giveUp(`${route} needs an example here.`)) : route));
}
