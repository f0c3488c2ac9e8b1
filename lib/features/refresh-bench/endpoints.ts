import { z } from "zod";
import type { Limit, RefreshBench } from "../../http/application.ts";
import { tooMany } from "../../http/endpoint.ts";
import { networkOf } from "../../http/network.ts";
import type { Answer, Call, Endpoint } from "../../http/operation.ts";
import { json } from "../../http/problem.ts";
import type { BenchTally } from "./model.ts";

const name = z.string().min(1).max(40);
const seed = z.int().min(0).max(0xffff_ffff);
const runBody = z.strictObject({ strategy: name, schedule: name, singleFlight: z.boolean().optional(), seed });
/** The whole table at once is so many runs for each of its cells. */
const countBody = z.strictObject({
  strategies: z.array(name).min(1).max(10),
  schedules: z.array(name).min(1).max(30),
  singleFlight: z.boolean().optional(),
  from: seed,
  runs: z.int().min(1).max(200),
});

/** One run, step by step. */
export const refreshRunEndpoint: Endpoint = {
  POST: { lab: "start", labModeOnly: true, quiet: true, body: runBody, run },
};

/** Many runs, counted. */
export const refreshCountEndpoint: Endpoint = {
  POST: { lab: "start", labModeOnly: true, quiet: true, body: countBody, run: count },
};

async function run(call: Call): Promise<Answer> {
  const { refreshBench } = call.app;
  const { strategy, schedule, singleFlight = false, seed } = runBody.parse(call.body);
  const wait = await waitOf(call, refreshBench.limits.run);
  if (wait !== null) return tooMany(wait);
  const unknown = unknownOf(refreshBench, [strategy], [schedule]);
  const played = unknown ?? (await refreshBench.run({ strategy, schedule, singleFlight, seed }));
  if (played === null || typeof played === "string") return { ok: false, code: "UNPROCESSABLE", detail: played ?? "" };
  return json(played);
}

async function count(call: Call): Promise<Answer> {
  const { refreshBench } = call.app;
  const { singleFlight = false, from, runs, ...asked } = countBody.parse(call.body);
  const wait = await waitOf(call, refreshBench.limits.count);
  if (wait !== null) return tooMany(wait);
  const [strategies, schedules] = [[...new Set(asked.strategies)], [...new Set(asked.schedules)]];
  const unknown = unknownOf(refreshBench, strategies, schedules);
  if (unknown !== null) return { ok: false, code: "UNPROCESSABLE", detail: unknown };

  async function* tallies(): AsyncGenerator<BenchTally> {
    for (const schedule of schedules) {
      for (const strategy of strategies) {
        for await (const tally of refreshBench.count({ strategy, schedule, singleFlight, from, runs })) {
          if (call.request.signal.aborted) return;
          yield tally;
        }
      }
    }
  }
  return new Response(linesOf(tallies()), { headers: { "content-type": "application/x-ndjson" } });
}

function waitOf({ world, client }: Call, limit: Limit): Promise<number | null> {
  return limit.consume(`${world?.lab.id}|${networkOf(client.ip)}`);
}

/** A sentence on the first name that the bench does not know, or `null`. */
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

/** Asked for only as fast as somebody reads. */
function linesOf(tallies: AsyncGenerator<BenchTally>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const next = await tallies.next();
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(`${JSON.stringify(next.value)}\n`));
    },
    async cancel() {
      await tallies.return(undefined);
    },
  });
}
