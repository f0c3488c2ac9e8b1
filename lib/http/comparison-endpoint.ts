import { z } from "zod";
import type { VariantTable } from "../core/variant-table.ts";
import { csvText } from "./csv.ts";
import type { Endpoint } from "./endpoint.ts";
import { json } from "./problem.ts";

const wanted = z.strictObject({ format: z.enum(["json", "csv"]).default("json") });

/** `/api/comparison`: every variant over every column, with where each cell comes from. The same for everybody. */
export const comparisonEndpoint: Endpoint = {
  GET: {
    lab: "none",
    async run({ app, request }) {
      const asked = wanted.safeParse(Object.fromEntries(new URL(request.url).searchParams));
      if (!asked.success) return { ok: false, code: "UNPROCESSABLE", detail: "format: json or csv." };
      const table = await app.comparison();
      if (asked.data.format === "json") return json(table);
      return new Response(csvOf(table), {
        headers: {
          "content-type": "text/csv; charset=utf-8",
          "content-disposition": 'attachment; filename="loginscope-comparison.csv"',
        },
      });
    },
  },
};

/** RFC 4180: what is shown, without the sources, which are in the JSON. */
function csvOf({ columns, rows }: VariantTable): string {
  const head = ["variant", "flow", "safety", ...columns.map(({ id }) => id).filter((id) => id !== "safety")];
  const lines = rows.map((row) => {
    const cells = columns.filter(({ id }) => id !== "safety").map(({ id }) => row.cells[id]?.text ?? "");
    return [row.variant, row.flow, row.safety, ...cells];
  });
  return csvText([head, ...lines]);
}
