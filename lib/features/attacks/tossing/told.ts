import type { FlowManifest } from "../../../core/variant.ts";
import { type Repository, repository } from "../../source/repository.ts";
import { lineWith } from "../forgery/deciding-lines.ts";
import { namings, type TossingTold, type WayTold } from "./model.ts";
import { tossedFlows } from "./tossed-flows.ts";
import { tossingCaseId, ways } from "./ways.ts";

/** The lines of the server that decide about several cookies of one name. */
function decidingLines(source: Repository): TossingTold["lines"] {
  return {
    first: lineWith(source, {
      file: "lib/features/attacks/tossing/weak/first-cookie.ts",
      text: "const isFirst = !seen.has(name)",
    }),
    own: lineWith(source, {
      file: "lib/http/request/settle-cookies.ts",
      text: "new Set(accepted.map(({ person }) => person)).size < 2",
    }),
  };
}

/** Every way, with the sibling's page against each flow, but for what goes on to the next case. */
export function tossingTold(
  domain: string,
  manifests: readonly FlowManifest[],
  source: Repository = repository(),
): TossingTold {
  const flows = tossedFlows(manifests);
  const pages = namings.flatMap((naming) =>
    ways.map(({ id, page }) => {
      const shown = flows.map(({ flow, name }) => {
        const cookies = [{ name: `${naming.prefix}${name}`, value: "<the thief’s own>", below: `/api/${flow}` }];
        return [flow, page({ domain: domain || "app.example", cookies })] as const;
      });
      return [tossingCaseId(naming.id, id), Object.fromEntries(shown)] as const;
    }),
  );
  const told = ways.map(({ id, title, does }): WayTold => ({ id, title, does }));
  return { flows, ways: told, pages: Object.fromEntries(pages), lines: decidingLines(source) };
}
