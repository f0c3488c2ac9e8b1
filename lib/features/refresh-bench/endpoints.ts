import { z } from "zod";
import { tooMany } from "../../http/answers.ts";
import { ndjson } from "../../http/ndjson.ts";
import { asJson, asLines } from "../../http/openapi/content.ts";
import { type Answer, type Call, type Endpoints, operation } from "../../http/operation.ts";
import type { Limit } from "../../http/password-attempts/limit.ts";
import { json } from "../../http/problem.ts";
import { networkOf } from "../../http/request/network.ts";
import { untilTheEnd } from "../../http/stopping.ts";
import { countLine, runAnswer } from "./answers.ts";
import type { RefreshBench } from "./run-many.ts";

const name = z.string().min(1).max(40);
const seed = z.int().min(0).max(0xffff_ffff);
const runBody = z.strictObject({ strategy: name, schedule: name, singleFlight: z.boolean().optional(), seed });
/** The most runs of a count over the whole table, for each of its cells. */
const countBody = z.strictObject({
  strategies: z.array(name).min(1).max(10),
  schedules: z.array(name).min(1).max(30),
  singleFlight: z.boolean().optional(),
  from: seed,
  runs: z.int().min(1).max(200),
});

export type RefreshBenchLimits = { readonly run: Limit; readonly count: Limit };

/** Plays one run step by step, and counts many runs. */
export function refreshBenchEndpoints(bench: RefreshBench, limits: RefreshBenchLimits): Endpoints {
  return {
    "lab/refresh-bench/run": {
      POST: operation({
        summary: "One run of the refresh bench, step by step",
        description: "Each step with the family as it stood after it. The same four always give the same run.",
        lab: "start",
        labModeOnly: true,
        quiet: true,
        body: runBody,
        answers: { 200: [asJson(runAnswer)] },
        run: (call) => run(call, bench, limits.run),
      }),
    },
    "lab/refresh-bench/count": {
      POST: operation({
        summary: "Many runs of the refresh bench, counted",
        description:
          "For each pair, after every ten runs: how often it came out badly, of the runs that could show it, and the first seed that did. At most 200 runs a pair.",
        lab: "start",
        labModeOnly: true,
        quiet: true,
        plays: true,
        body: countBody,
        answers: { 200: [asLines(countLine)] },
        run: (call) => count(call, bench, limits.count),
      }),
    },
  };
}

async function run(call: Call<z.infer<typeof runBody>>, bench: RefreshBench, limit: Limit): Promise<Answer> {
  const { strategy, schedule, singleFlight = false, seed } = call.body;
  const wait = await waitOf(call, limit);
  if (wait !== null) return tooMany(wait);
  const unknown = unknownOf(bench, [strategy], [schedule]);
  const played = unknown ?? (await bench.run({ strategy, schedule, singleFlight, seed }));
  if (played === null || typeof played === "string") return { ok: false, code: "UNPROCESSABLE", detail: played ?? "" };
  return json(played);
}

async function count(call: Call<z.infer<typeof countBody>>, bench: RefreshBench, limit: Limit): Promise<Answer> {
  const { singleFlight = false, from, runs, ...asked } = call.body;
  const wait = await waitOf(call, limit);
  if (wait !== null) return tooMany(wait);
  const [strategies, schedules] = [[...new Set(asked.strategies)], [...new Set(asked.schedules)]];
  const unknown = unknownOf(bench, strategies, schedules);
  if (unknown !== null) return { ok: false, code: "UNPROCESSABLE", detail: unknown };

  const lines = ndjson(async (tell, signal, taken) => {
    for (const schedule of schedules) {
      for (const strategy of strategies) {
        for await (const tally of bench.count({ strategy, schedule, singleFlight, from, runs })) {
          if (signal.aborted) return;
          tell(tally);
          await taken();
        }
      }
    }
  }, untilTheEnd(call));
  return new Response(lines, { headers: { "content-type": "application/x-ndjson" } });
}

async function waitOf({ context, client }: Call, limit: Limit): Promise<number | null> {
  return (await limit.reserve(`${context?.lab.id}|${networkOf(client.ip)}`)).wait;
}

/** A sentence on the first unknown name, or `null`. */
function unknownOf(bench: RefreshBench, strategies: readonly string[], schedules: readonly string[]): string | null {
  const known = (all: readonly { readonly id: string }[]) => all.map(({ id }) => id);
  const isUnknown = (all: readonly { readonly id: string }[]) => (id: string) => !known(all).includes(id);
  if (strategies.some(isUnknown(bench.strategies))) {
    return `strategy: the bench has ${known(bench.strategies).join(", ")}.`;
  }
  if (schedules.some(isUnknown(bench.schedules))) {
    return `schedule: the bench has ${known(bench.schedules).join(", ")}.`;
  }
  return null;
}
