import { z } from "zod";
import type { Application, World } from "../../http/application.ts";
import type { RequestJar } from "../../http/cookie-jar.ts";
import { csvText } from "../../http/csv.ts";
import { labCookie, labCookieValue } from "../../http/lab-cookie.ts";
import type { Endpoint } from "../../http/operation.ts";
import { json } from "../../http/problem.ts";
import { saidText, type VariantTable } from "./model.ts";

const wanted = z.strictObject({ format: z.enum(["json", "csv"]).default("json") });

/**
 * `/api/comparison`: every variant over every column, with where each cell comes from. For a lab, what it had played of the
 * matrix stands where else the claims do; only its cookie says which lab, since a credential's address proves nothing.
 */
export const comparisonEndpoint: Endpoint = {
  GET: {
    lab: "none",
    async run({ app, request, jar }) {
      const asked = wanted.safeParse(Object.fromEntries(new URL(request.url).searchParams));
      if (!asked.success) return { ok: false, code: "UNPROCESSABLE", detail: "format: json or csv." };
      const table = await app.comparison(await labBehind(app, jar));
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

async function labBehind(app: Application, jar: RequestJar): Promise<World | null> {
  const cookie = jar.get(labCookie.name)?.value ?? "";
  return app.labMode && labCookieValue.test(cookie) ? app.findWorld(app.labIdOf(cookie)) : null;
}

/** RFC 4180: what is shown, each claim marked as one. The sources are in the JSON. */
function csvOf({ columns, rows }: VariantTable): string {
  const head = ["variant", "flow", "safety", ...columns.map(({ id }) => id).filter((id) => id !== "safety")];
  const lines = rows.map((row) => {
    const cells = columns.filter(({ id }) => id !== "safety").map(({ id }) => saidText(row.cells[id]));
    return [row.variant, row.flow, row.safety, ...cells];
  });
  return csvText([head, ...lines]);
}
