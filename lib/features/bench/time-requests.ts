import { setImmediate as nextTurn } from "node:timers/promises";
import type { BenchClient } from "./bench-client.ts";
import type { BenchProcess } from "./bench-process.ts";

/** One round, in microseconds a request. */
export type Round = {
  readonly took: number;
  readonly p50: number;
  readonly p99: number;
  readonly cpu: number;
  readonly inner: number;
};

/** One request of a client. */
export type TimedStep = { readonly client: BenchClient; make(): Request };

export type Timing = {
  readonly ask: (request: Request) => Promise<Response>;
  readonly process: Pick<BenchProcess, "cpu" | "takeInner">;
  readonly requests: number;
  readonly inFlight: number;
  /** So many requests are made at once, then timed, then their answers are read. One: each needs the answer before it. */
  readonly batch: number;
  /** The next request. What it does to get ready is not timed. */
  next(): TimedStep | Promise<TimedStep>;
};

/**
 * Times each request from the call of the dispatch until its answer. Neither the making of a request nor the reading of
 * its answer is in the figures: the framework does both, outside of our work. What the application puts off to a later
 * turn of the event loop is in the CPU.
 */
export async function timeRequests(timing: Timing): Promise<Round> {
  const { process, requests, batch } = timing;
  const samples = new Float64Array(requests);
  let [cpu, inner] = [0, 0];
  for (let done = 0; done < requests; ) {
    const steps: TimedStep[] = [];
    while (steps.length < Math.min(batch, requests - done)) steps.push(await timing.next());
    const made = steps.map((step) => step.make());
    process.takeInner();
    const before = process.cpu();
    const answers = await askAll(timing, made, samples.subarray(done));
    await nextTurn();
    cpu += process.cpu() - before;
    inner += process.takeInner();
    for (const [at, { client }] of steps.entries()) await client.take(answers[at] ?? Response.error());
    done += steps.length;
  }
  const took = samples.reduce((sum, each) => sum + each, 0) / requests;
  samples.sort();
  const below = (share: number) => samples[Math.min(requests - 1, Math.floor(requests * share))] ?? 0;
  return { took, p50: below(0.5), p99: below(0.99), cpu: cpu / requests, inner: inner / requests };
}

async function askAll(
  { ask, inFlight }: Pick<Timing, "ask" | "inFlight">,
  requests: readonly Request[],
  samples: Float64Array,
): Promise<readonly Response[]> {
  const answers: Response[] = [];
  const waiting = requests.entries();
  async function askInTurn(): Promise<void> {
    for (const [at, request] of waiting) {
      const began = performance.now();
      answers[at] = await ask(request);
      samples[at] = (performance.now() - began) * 1000;
    }
  }
  await Promise.all(Array.from({ length: inFlight }, askInTurn));
  return answers;
}
