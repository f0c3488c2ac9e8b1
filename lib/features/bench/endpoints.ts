import { z } from "zod";
import { asJson } from "../../http/openapi/content.ts";
import { variantId } from "../../http/openapi/shapes.ts";
import { type Answer, type Endpoints, operation } from "../../http/operation.ts";
import { json } from "../../http/problem.ts";
import type { Bench } from "./bench.ts";
import { NotMeasurable } from "./bench-client.ts";
import { conditionIds, timedActions } from "./model.ts";

const count = z.int().min(1).max(1_000_000);
const body = z.strictObject({
  variant: variantId,
  condition: z.enum(conditionIds),
  action: z.enum([...timedActions, "edge"]),
  requests: count,
  logins: count,
  inFlight: z.int().min(1).max(64),
});

const microseconds = z.number().min(0);
const round = z.strictObject({
  took: microseconds,
  p50: microseconds,
  p99: microseconds,
  cpu: microseconds,
  inner: microseconds,
});
const trips = z.strictObject({ statements: z.int(), commands: z.int() });

/**
 * What `npm run bench` asks of the process that it measures. These addresses exist where `BENCH` is on, so the table of
 * any other process has no line of them, and its edge has nothing to ask.
 */
export function benchEndpoints(bench: Bench): Endpoints {
  return {
    "bench/round": {
      POST: operation({
        summary: "One round of requests inside this process, timed",
        lab: "none",
        labModeOnly: true,
        body,
        answers: { 200: [asJson(round)] },
        run: ({ request, body }) => measured(bench.round(request, body)),
      }),
    },
    "bench/trips": {
      POST: operation({
        summary: "What one request asks of the stores",
        lab: "none",
        labModeOnly: true,
        body,
        answers: { 200: [asJson(trips)] },
        run: ({ request, body }) => measured(bench.trips(request, body)),
      }),
    },
    "bench/edge": {
      GET: {
        summary: "Nothing behind the edge",
        lab: "named",
        labModeOnly: true,
        quiet: true,
        answers: { 200: [asJson(z.strictObject({}))] },
        run: async () => json({}),
      },
    },
  };
}

/** UNPROCESSABLE where the variant does not do what was to be timed, or something refused it. */
async function measured(result: Promise<object>): Promise<Answer> {
  try {
    return json(await result);
  } catch (error) {
    if (!(error instanceof NotMeasurable)) throw error;
    return { ok: false, code: "UNPROCESSABLE", detail: error.message };
  }
}
