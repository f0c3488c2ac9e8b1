import { z } from "zod";
import { csvText } from "../../http/csv.ts";
import { asCsv, asJson, asLines } from "../../http/openapi/content.ts";
import { type Answer, type Call, type Endpoints, operation } from "../../http/operation.ts";
import { json } from "../../http/problem.ts";
import { readQuery } from "../../http/request/query.ts";
import { untilTheEnd } from "../../http/stopping.ts";
import { claimLines } from "../../lab/experiment.ts";
import { experiments } from "../../lab/experiments.ts";
import type { MatrixCell, MatrixView } from "../../lab/played-cells.ts";
import { experimentLine, experimentsAnswer, matrixAnswer, matrixLine } from "./answers.ts";
import type { Matrix } from "./kept-cells.ts";
import type { Experiments } from "./play-one.ts";

const variantId = z.templateLiteral([z.string(), "/", z.string()]);
const experimentBody = z.strictObject({
  variants: z
    .array(variantId)
    .min(1)
    .max(50)
    .refine((ids) => new Set(ids).size === ids.length, "must not name one twice"),
  exchanges: z.boolean().optional(),
});
/** Playing all cells takes minutes, so the body has to say so: `{}`. */
const matrixBody = z.strictObject({
  variants: z.array(variantId).min(1).max(50).optional(),
  experiments: z.array(z.string().max(60)).min(1).max(50).optional(),
  again: z.boolean().optional(),
});

/** Other parameters are ignored. */
const query = { schema: z.object({ format: z.enum(["json", "csv"]).default("json") }), wanted: "format: json or csv." };

const ndjson = { headers: { "content-type": "application/x-ndjson" } };

/** The experiments as data, and one experiment played against variants, with each step streamed as it happens. */
export function experimentEndpoints(played: Experiments): Endpoints {
  return {
    "lab/experiments": {
      GET: {
        summary: "The experiments, each as the data that it is played from",
        lab: "none",
        labModeOnly: true,
        answers: { 200: [asJson(experimentsAnswer)] },
        run: () => Promise.resolve(json({ experiments })),
      },
    },
    "lab/experiments/:id": {
      POST: operation({
        summary: "Play one experiment against variants",
        description:
          "Steps as they happen, then a verdict for each variant, which is this lab's cell of the matrix from then on; with `exchanges` also every exchange. At most 12 of a lab at a time and 40 of a process.",
        lab: "start",
        labModeOnly: true,
        quiet: true,
        plays: true,
        body: experimentBody,
        answers: { 200: [asLines(experimentLine)] },
        run: (call) => playOne(call, played),
      }),
    },
  };
}

/** Every experiment against every variant: the cells that this lab has played, and a run that plays more. */
export function matrixEndpoints(matrix: Matrix): Endpoints {
  return {
    "lab/matrix": {
      GET: {
        summary: "The matrix, as far as this lab had it played",
        description: "As CSV, a line a reading.",
        lab: "start",
        labModeOnly: true,
        quiet: true,
        query,
        answers: { 200: [asJson(matrixAnswer), asCsv] },
        run: (call) => showMatrix(call, matrix),
      },
      POST: operation({
        summary: "Have cells of the matrix played",
        description: "`{}` is all of it. Whoever closes the connection stops it.",
        lab: "start",
        labModeOnly: true,
        quiet: true,
        plays: true,
        body: matrixBody,
        answers: { 200: [asLines(matrixLine)] },
        run: (call) => playMatrix(call, matrix),
      }),
    },
  };
}

async function playOne(
  { app, context, params, body, request }: Call<z.infer<typeof experimentBody>>,
  experiments: Experiments,
): Promise<Answer> {
  if (!context) return { ok: false, code: "NOT_FOUND" };
  const { variants, exchanges = false } = body;
  const wanted = { id: params["id"] ?? "", variants, exchanges };
  const played = experiments.play(context.lab.id, wanted, untilTheEnd({ app, request }));
  if (played.ok) return new Response(played.value, ndjson);
  if (played.code === "TOO_MANY_REQUESTS") {
    const detail = "As many experiments as there may be are being played. Wait until one of them is done.";
    return { ...played, detail, headers: { "retry-after": "5" } };
  }
  return { ...played, detail: "No such experiment, or no such variant." };
}

async function showMatrix({ context, request }: Call, matrix: Matrix): Promise<Answer> {
  if (!context) return { ok: false, code: "NOT_FOUND" };
  const asked = readQuery(query, request);
  if (!asked.ok) return asked;
  const view = await matrix.view(context.lab.id);
  if (asked.value.format === "json") return json(view);
  const headers = {
    "content-type": "text/csv; charset=utf-8",
    "content-disposition": 'attachment; filename="matrix.csv"',
  };
  return new Response(csvOf(view), { headers });
}

async function playMatrix(
  { app, context, body, request }: Call<z.infer<typeof matrixBody>>,
  matrix: Matrix,
): Promise<Answer> {
  if (!context) return { ok: false, code: "NOT_FOUND" };
  const { variants, experiments, again } = body;
  const wanted = { ...(variants && { variants }), ...(experiments && { experiments }), ...(again && { again }) };
  const run = matrix.run(context.lab.id, wanted, untilTheEnd({ app, request }));
  if (run.ok) return new Response(run.value, ndjson);
  if (run.code === "TOO_MANY_REQUESTS") {
    return {
      ...run,
      detail: "Cells are being played already. Wait until they are done.",
      headers: { "retry-after": "30" },
    };
  }
  return { ...run, detail: "No such experiment or variant, or one that cannot be played here." };
}

const columns = [
  ...["variant", "experiment", "credential", "thief", "outcome", "until", "authority"],
  ...["accepted_after_s", "refused_after_s", "claimed", "holds", "played_at", "version", "lifetimes"],
];

/** RFC 4180: one line a reading. */
function csvOf(view: MatrixView): string {
  const lines = view.cells.flatMap((cell) =>
    rowsOf(cell).map((row) => [...row, view.version, view.settings.lifetimes]),
  );
  return csvText([columns, ...lines]);
}

function rowsOf({ variant, experiment, observed, expected, holds, playedAt }: MatrixCell) {
  return observed.map(({ credential, thief, outcome, until, authority = "", ended }) => {
    const claimed = claimLines(expected).find((line) => line.startsWith(`${credential} ${thief} `)) ?? "";
    const seconds = [ended?.acceptedAfter ?? "", ended?.refusedAfter ?? ""];
    return [
      variant,
      experiment,
      credential,
      thief,
      outcome,
      until ?? "",
      authority,
      ...seconds,
      claimed,
      holds,
      playedAt,
    ];
  });
}
