import type { Endpoint } from "../../http/operation.ts";
import { problem } from "../../http/problem.ts";

/** `/api/take-away/<flow>/<variant>`: public source, the same for everybody and in every mode. */
export const takeAwayEndpoint: Endpoint = {
  GET: {
    lab: "none",
    async run({ app, params }) {
      const name = `${params["flow"]}/${params["variant"]}`;
      const zip = await app.takeAway(name);
      if (!zip) return problem("NOT_FOUND", { detail: "There is no variant of that name to take away." });
      const file = `loginscope-${name.replace("/", "-")}.zip`;
      return new Response(Buffer.from(zip), {
        headers: { "content-type": "application/zip", "content-disposition": `attachment; filename="${file}"` },
      });
    },
  },
};
