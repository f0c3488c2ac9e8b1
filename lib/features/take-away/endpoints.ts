import { asZip } from "../../http/openapi/content.ts";
import type { Answer, Call, Endpoints } from "../../http/operation.ts";
import { problem } from "../../http/problem.ts";
import { takeAwayZip } from "./take-away.ts";

/** Public source, the same for everybody and in every mode. */
export const takeAwayEndpoints: Endpoints = {
  "take-away/:flow/:variant": {
    GET: {
      summary: "The source of a variant, with what it needs to run alone",
      description: "The same in every mode, for everybody.",
      lab: "none",
      answers: { 200: [asZip] },
      refuses: ["NOT_FOUND"],
      run: takeAway,
    },
  },
};

async function takeAway({ params }: Call): Promise<Answer> {
  const name = `${params["flow"]}/${params["variant"]}`;
  const zip = await takeAwayZip(name);
  if (!zip) return problem("NOT_FOUND", { detail: "There is no variant of that name to take away." });
  const file = `loginscope-${name.replace("/", "-")}.zip`;
  return new Response(Buffer.from(zip), {
    headers: { "content-type": "application/zip", "content-disposition": `attachment; filename="${file}"` },
  });
}
