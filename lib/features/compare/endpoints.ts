import { z } from "zod";
import type { Application, LabContext } from "../../http/application.ts";
import { csvText } from "../../http/csv.ts";
import { asCsv, asJson } from "../../http/openapi/content.ts";
import type { Answer, Call, Endpoints } from "../../http/operation.ts";
import { json } from "../../http/problem.ts";
import type { RequestJar } from "../../http/request/cookie-jar.ts";
import { labCookieOf } from "../../http/request/lab-cookie.ts";
import { readQuery } from "../../http/request/query.ts";
import type { MatrixCell } from "../../lab/played-cells.ts";
import { comparisonAnswer } from "./answers.ts";
import { variantTable } from "./fill-table.ts";
import type { Measurements } from "./measurements.ts";
import { saidText, type VariantTable } from "./model.ts";

const query = {
  schema: z.strictObject({ format: z.enum(["json", "csv"]).default("json") }),
  wanted: "format: json or csv.",
};

/**
 * `/api/comparison`: every variant in every column, with the source of each cell. In a lab, results of the matrix that
 * the lab played replace the claims. The lab is known by its cookie only: the lab that a credential names is no proof.
 */
export function comparisonEndpoints(sources: ComparisonSources): Endpoints {
  return {
    comparison: {
      GET: {
        summary: "Every variant over every column, each cell with where it comes from",
        description:
          "What an experiment shows is said to be claimed, or observed where the lab of the cookie had it played. The first one waits until it is measured.",
        lab: "none",
        query,
        answers: { 200: [asJson(comparisonAnswer), asCsv] },
        run: (call) => compare(call, sources),
      },
    },
  };
}

export type ComparisonSources = {
  readonly measurements: Measurements;
  /** The matrix cells that a lab has played. */
  playedIn(labId: string): Promise<readonly MatrixCell[]>;
};

/** Waits until every variant was measured. */
async function compare({ app, request, jar }: Call, { measurements, playedIn }: ComparisonSources): Promise<Answer> {
  const asked = readQuery(query, request);
  if (!asked.ok) return asked;
  const context = await labBehind(app, jar);
  const measured = await measurements.take();
  const table = await variantTable(measured, context ? await playedIn(context.lab.id) : []);
  if (asked.value.format === "json") return json(table);
  return new Response(csvOf(table), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="loginscope-comparison.csv"',
    },
  });
}

async function labBehind(app: Application, jar: RequestJar): Promise<LabContext | null> {
  const cookie = labCookieOf(jar);
  return app.labMode && cookie !== null ? app.findLabContext(app.labIdOf(cookie)) : null;
}

/** RFC 4180: the shown texts, with a mark on each claim. Only the JSON has the sources. */
function csvOf({ columns, rows }: VariantTable): string {
  const head = ["variant", "flow", "safety", ...columns.map(({ id }) => id).filter((id) => id !== "safety")];
  const lines = rows.map((row) => {
    const cells = columns.filter(({ id }) => id !== "safety").map(({ id }) => saidText(row.cells[id]));
    return [row.variant, row.flow, row.safety, ...cells];
  });
  return csvText([head, ...lines]);
}
